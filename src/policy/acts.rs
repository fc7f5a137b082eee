//! The acts: everything that changes something, each a type of its own, with what it is done to.

use crate::domain::ids::{
    AdvertId, ClauseId, CommentId, DocumentId, EmployerId, MembershipId, PayAwardId, PersonId, ProfileId, RolloutId,
    SuggestionId, TaskId, TemplateId, UnitId, VersionId,
};
use crate::domain::worded::worded;

/// An act as a type, so that a permission for one can't be used for another.
pub trait Act {
    const ACTION: Action;
    /// What it is done to.
    type Id: Copy + std::fmt::Debug;
}

worded! {
    Action {
        CreateProfile = "create_profile", "Create a profile";
        ImportDocument = "import_document", "Import a document";
        DraftFromDocument = "draft_from_document", "Make a draft from a document";
        StartDraft = "start_draft", "Start a draft";
        EditContent = "edit_content", "Edit a draft";
        Submit = "submit", "Send for review";
        Recall = "recall", "Recall from review";
        RequestChanges = "request_changes", "Request changes";
        Approve = "approve", "Approve";
        CompleteStep = "complete_step", "Take a step of a review";
        OverrideFindings = "override_findings", "Let stand what keeps a version from approval";
        DecideAsGuest = "decide_as_guest", "Take a step of a review as a guest";
        ChangeGuestLink = "change_guest_link", "Send or take back a guest's link";
        SkipStep = "skip_step", "Skip a step of a review";
        JumpToStep = "jump_to_step", "Go straight to a later step of a review";
        RestartReview = "restart_review", "Begin a review again";
        CancelReview = "cancel_review", "Cancel a review";
        RecordGradeBasis = "record_grade_basis", "Record the basis of the grade";
        Issue = "issue", "Issue";
        Withdraw = "withdraw", "Withdraw an approved version";
        Discard = "discard", "Discard a draft";
        Restore = "restore", "Restore a discarded draft";
        EmergencyIssue = "emergency_issue", "Issue in an emergency";
        ReviewEmergencyIssue = "review_emergency_issue", "Look at an emergency issue";
        RetireProfile = "retire_profile", "Retire a profile";
        ChangeProfile = "change_profile", "Change a profile's owner, unit or review date";
        ReassignTask = "reassign_task", "Give a task to somebody else";
        PassTaskOn = "pass_task_on", "Give a task of one's own to somebody else";
        HandOverTask = "hand_over_task", "Pass on what waits for somebody who is away";
        EscalateTask = "escalate_task", "Tell administrators what waits too long";
        EscalateGuest = "escalate_guest", "Tell administrators of a guest who has not answered";
        SetAway = "set_away", "Say when somebody is away";
        RetryMail = "retry_mail", "Have a message tried again";
        ChangeRoutes = "change_routes", "Change the routes to approval";
        ChangeReviewSettings = "change_review_settings", "Say how long reviews may take";
        Comment = "comment", "Comment";
        ReviseComment = "revise_comment", "Change or withdraw one's own comment";
        ResolveComment = "resolve_comment", "Resolve or reopen a comment";
        Suggest = "suggest", "Suggest a change";
        WithdrawSuggestion = "withdraw_suggestion", "Withdraw one's own suggestion";
        DecideSuggestion = "decide_suggestion", "Accept or reject a suggestion";
        CreateAdvert = "create_advert", "Make an advert";
        EditAdvert = "edit_advert", "Edit an advert";
        ConfirmAdvert = "confirm_advert", "Confirm an advert's text";
        PublishAdvert = "publish_advert", "Publish an advert";
        WithdrawAdvert = "withdraw_advert", "Withdraw an advert";
        CorrectAdvert = "correct_advert", "Correct a published advert";
        ExtendAdvert = "extend_advert", "Keep an advert open for longer";
        CloseAdvertEarly = "close_advert_early", "Close an advert early";
        UnscheduleAdvert = "unschedule_advert", "Take a scheduled advert back to write on it";
        InvitePerson = "invite_person", "Invite a person";
        AnswerInvitation = "answer_invitation", "Answer an invitation";
        ChangeRoles = "change_roles", "Give or take a role";
        DeactivateMember = "deactivate_member", "Deactivate or reactivate a person";
        ChangeUnit = "change_unit", "Add a unit or change its manager";
        ChangeGlossary = "change_glossary", "Change the glossary";
        ChangeClauses = "change_clauses", "Change the library of clauses";
        ApproveClause = "approve_clause", "Decide on a clause's new text";
        RollOutClause = "roll_out_clause", "Roll a clause's new text out";
        CarryOutRollout = "carry_out_rollout", "Carry a clause's new text into a profile";
        ShareLibrary = "share_library", "Share a clause or a template, or stop sharing it";
        TakeShared = "take_shared", "Take or decline what another employer shares";
        ChangeTemplates = "change_templates", "Change the templates";
        MoveDrafts = "move_drafts", "Move a draft to its template's newest version";
        ChangePay = "change_pay", "Take in or apply a pay award";
        ChangeGrades = "change_grades", "Add, rename or end a grade, or change a scheme's terms";
        RollOutPay = "roll_out_pay", "Change drafts and adverts by a pay award";
        ChangeBrand = "change_brand", "Change the logo or the colour";
        SaveAdvert = "save_advert", "Save an advert";
        ChangeAccount = "change_account", "Change one's own account";
        DeleteAccount = "delete_account", "Delete one's own account";
        IssueDue = "issue_due", "Issue a version on its date";
    }
}

macro_rules! acts {
    ($($name:ident: $id:ty),+ $(,)?) => {
        /// One empty type for each act.
        pub mod act {
            use super::*;
            $(
                #[derive(Debug, Clone, Copy)]
                pub struct $name;

                impl Act for $name {
                    const ACTION: Action = Action::$name;
                    type Id = $id;
                }
            )+
        }
    };
}

acts! {
    CreateProfile: UnitId,
    ImportDocument: EmployerId,
    DraftFromDocument: DocumentId,
    StartDraft: ProfileId,
    EditContent: VersionId,
    Submit: VersionId,
    Recall: VersionId,
    RequestChanges: VersionId,
    Approve: VersionId,
    CompleteStep: VersionId,
    OverrideFindings: VersionId,
    DecideAsGuest: VersionId,
    ChangeGuestLink: VersionId,
    SkipStep: VersionId,
    JumpToStep: VersionId,
    RestartReview: VersionId,
    CancelReview: VersionId,
    RecordGradeBasis: VersionId,
    Issue: VersionId,
    Withdraw: VersionId,
    Discard: VersionId,
    Restore: VersionId,
    EmergencyIssue: VersionId,
    ReviewEmergencyIssue: TaskId,
    RetireProfile: ProfileId,
    ChangeProfile: ProfileId,
    ReassignTask: TaskId,
    PassTaskOn: TaskId,
    HandOverTask: TaskId,
    EscalateTask: TaskId,
    EscalateGuest: VersionId,
    SetAway: MembershipId,
    RetryMail: EmployerId,
    ChangeRoutes: EmployerId,
    ChangeReviewSettings: EmployerId,
    Comment: VersionId,
    ReviseComment: CommentId,
    ResolveComment: CommentId,
    Suggest: VersionId,
    WithdrawSuggestion: SuggestionId,
    DecideSuggestion: SuggestionId,
    CreateAdvert: VersionId,
    EditAdvert: AdvertId,
    ConfirmAdvert: AdvertId,
    PublishAdvert: AdvertId,
    WithdrawAdvert: AdvertId,
    CorrectAdvert: AdvertId,
    ExtendAdvert: AdvertId,
    CloseAdvertEarly: AdvertId,
    UnscheduleAdvert: AdvertId,
    InvitePerson: EmployerId,
    AnswerInvitation: MembershipId,
    ChangeRoles: MembershipId,
    DeactivateMember: MembershipId,
    ChangeUnit: EmployerId,
    ChangeGlossary: EmployerId,
    ChangeClauses: EmployerId,
    ApproveClause: ClauseId,
    RollOutClause: ClauseId,
    CarryOutRollout: RolloutId,
    ShareLibrary: EmployerId,
    TakeShared: EmployerId,
    ChangeTemplates: EmployerId,
    MoveDrafts: TemplateId,
    ChangePay: EmployerId,
    ChangeGrades: EmployerId,
    RollOutPay: PayAwardId,
    ChangeBrand: EmployerId,
    SaveAdvert: PersonId,
    ChangeAccount: PersonId,
    DeleteAccount: PersonId,
    IssueDue: VersionId,
}
