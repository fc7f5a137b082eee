//! A route under way: which steps are done, and which are open now.

use time::OffsetDateTime;

use super::StepKind;
use crate::domain::ids::MembershipId;

/// A step of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(pub i64);

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Not begun.
    Waiting,
    /// Somebody was asked.
    Open,
    /// Decided; by nobody on the staff where a guest did.
    Done {
        by: Option<MembershipId>,
        at: OffsetDateTime,
    },
    /// Decided on an earlier submission, and its part is the same.
    Kept,
    Skipped,
}

impl Stand {
    pub fn is_over(self) -> bool {
        match self {
            Stand::Waiting | Stand::Open => false,
            Stand::Done { .. } | Stand::Kept | Stand::Skipped => true,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: StepId,
    pub place: u32,
    pub kind: StepKind,
    pub stand: Stand,
}

/// All steps of a submission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instance(pub Vec<Run>);

/// Why a step can't end that way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotThat {
    #[error("That step is over, or was never part of this review")]
    Over,
    #[error("That step has not begun: the ones before it come first")]
    NotBegun,
    #[error("It is the only approval that is left: skip another step, or give this one to somebody else")]
    OnlyApproval,
    #[error("Nobody would approve it any more: the only approval that is left comes before that step")]
    NoApproval,
}

impl Instance {
    /// What has to be opened now: everything of the first place that is not over. Nothing once all is over.
    pub fn to_open(&self) -> Vec<StepId> {
        let unfinished = || self.0.iter().filter(|run| !run.stand.is_over());
        let Some(place) = unfinished().map(|run| run.place).min() else { return Vec::new() };
        let now = unfinished().filter(|run| run.place == place && run.stand == Stand::Waiting);
        now.map(|run| run.id).collect()
    }

    pub fn is_over(&self) -> bool {
        self.0.iter().all(|run| run.stand.is_over())
    }

    /// Opens what has to be open, and says what that was.
    pub fn open(&mut self) -> Vec<StepId> {
        let opened = self.to_open();
        for run in &mut self.0 {
            if opened.contains(&run.id) {
                run.stand = Stand::Open;
            }
        }
        opened
    }

    /// A step was decided; what opens after it.
    pub fn finish(&mut self, id: StepId, by: Option<MembershipId>, at: OffsetDateTime) -> Result<Vec<StepId>, NotThat> {
        let run = self.0.iter_mut().find(|run| run.id == id).ok_or(NotThat::Over)?;
        match run.stand {
            Stand::Open => run.stand = Stand::Done { by, at },
            Stand::Waiting => return Err(NotThat::NotBegun),
            Stand::Done { .. } | Stand::Kept | Stand::Skipped => return Err(NotThat::Over),
        }
        Ok(self.open())
    }

    /// A step that is open or still to come is left out; what opens after it.
    pub fn skip(&mut self, id: StepId) -> Result<Vec<StepId>, NotThat> {
        let at = self.0.iter().position(|run| run.id == id && !run.stand.is_over()).ok_or(NotThat::Over)?;
        // What was kept was approved on other words than these: somebody has to approve these too.
        let approves = |run: &Run| run.kind == StepKind::Approve && !matches!(run.stand, Stand::Skipped | Stand::Kept);
        let others = self.0.iter().enumerate().any(|(other, run)| other != at && approves(run));
        if self.0[at].kind == StepKind::Approve && !others {
            return Err(NotThat::OnlyApproval);
        }
        self.0[at].stand = Stand::Skipped;
        Ok(self.open())
    }

    /// Goes straight to a step that has not begun: what is not over before it is left out. What that was, and what opens.
    ///
    /// # Errors
    /// Where nothing lies before it, and where no approval would be left.
    pub fn jump(&mut self, to: StepId) -> Result<(Vec<StepId>, Vec<StepId>), NotThat> {
        let target = self.0.iter().find(|run| run.id == to).ok_or(NotThat::Over)?;
        if target.stand != Stand::Waiting {
            return Err(NotThat::Over);
        }
        let place = target.place;
        let is_before = |run: &Run| run.place < place && !run.stand.is_over();
        // What was kept was approved on other words than these: somebody has to approve these too.
        let approves = |run: &Run| {
            run.kind == StepKind::Approve && !matches!(run.stand, Stand::Skipped | Stand::Kept) && !is_before(run)
        };
        if !self.0.iter().any(approves) {
            return Err(NotThat::NoApproval);
        }
        let left_out: Vec<StepId> = self.0.iter().filter(|run| is_before(run)).map(|run| run.id).collect();
        for run in &mut self.0 {
            if left_out.contains(&run.id) {
                run.stand = Stand::Skipped;
            }
        }
        Ok((left_out, self.open()))
    }

    /// On whose word it is approved: the last who approved at a step.
    pub fn approved_by(&self) -> Option<MembershipId> {
        let decided = self.0.iter().filter(|run| run.kind == StepKind::Approve).filter_map(|run| match run.stand {
            Stand::Done { by: Some(by), at } => Some((at, by)),
            Stand::Done { by: None, .. } | Stand::Waiting | Stand::Open | Stand::Kept | Stand::Skipped => None,
        });
        decided.max_by_key(|(at, _)| *at).map(|(_, by)| by)
    }
}
