//! Whom to sign in as: for each employer somebody of each role, and an applicant.

use super::data;
use crate::policy::Role;

/// Everybody's password in the demonstration. It is public, and opens nothing else.
pub const PASSWORD: &str = "harbour lantern teaspoon";

/// Somebody to sign in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// In words: `HR author`, `Applicant`.
    pub role: &'static str,
    pub name: String,
    pub email: String,
    pub password: &'static str,
    /// The employer's name; none for an applicant.
    pub employer: Option<String>,
}

/// The sign-ins, employer by employer; none should the files not be readable, which a test rules out.
pub fn sign_ins() -> Vec<SignIn> {
    let mut sign_ins = Vec::new();
    for employer in data::employers().unwrap_or_default() {
        for role in Role::ALL {
            let holder = employer.people.iter().find(|person| person.roles.iter().any(|held| held.role == *role));
            sign_ins.extend(holder.map(|person| sign_in(role.label(), person, Some(&employer.name))));
        }
    }
    let applicant = data::applicants().unwrap_or_default().into_iter().next();
    sign_ins.extend(applicant.map(|person| sign_in("Applicant", &person, None)));
    sign_ins
}

fn sign_in(role: &'static str, person: &data::Person, employer: Option<&str>) -> SignIn {
    SignIn {
        role,
        name: person.name.clone(),
        email: person.email.clone(),
        password: PASSWORD,
        employer: employer.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_of_each_employer_and_an_applicant() {
        let sign_ins = sign_ins();
        assert_eq!(sign_ins.len(), 2 * Role::ALL.len() + 1);
        for one in sign_ins {
            assert_eq!(crate::secret::password_problem(one.password, &one.email), None);
            assert!(one.email.ends_with(".example"), "{}", one.email);
        }
    }
}
