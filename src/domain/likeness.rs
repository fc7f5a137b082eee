//! Which texts are nearly the same: each is kept as a short signature of its words, and signatures are compared.
//!
//! The signature is a MinHash over runs of three words: the share of places in which two agree is about the share of
//! runs that the texts have in common.

/// Places of a signature. With 48 the share is right within about 0.07.
pub const PLACES: usize = 48;

/// Documents that share this much of their runs are nearly the same: one job description edited for another post.
pub const NEARLY: f64 = 0.6;

/// Words of one run.
const RUN: usize = 3;

/// The signature of a text, apart from case, signs and space.
pub fn signature(text: &str) -> Vec<i32> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut least = vec![u32::MAX; PLACES];
    for run in words.windows(RUN.min(words.len()).max(1)) {
        let hash = run.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| mixed(hash, word));
        let mut next = hash;
        for place in &mut least {
            next = next.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31) ^ hash;
            *place = (*place).min((next >> 32) as u32);
        }
    }
    least.into_iter().map(u32::cast_signed).collect()
}

fn mixed(hash: u64, word: &str) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    step(word.as_bytes().iter().fold(hash, step), &b' ')
}

/// The share of places in which two signatures agree.
pub fn share(one: &[i32], other: &[i32]) -> f64 {
    if one.len() != other.len() || one.is_empty() {
        return 0.0;
    }
    let same = one.iter().zip(other).filter(|(one, other)| one == other).count();
    same as f64 / one.len() as f64
}

/// Groups of texts that are nearly the same, by their places in the list; those that are like no other are left out.
pub fn clusters(signatures: &[&[i32]]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..signatures.len()).collect();
    for later in 1..signatures.len() {
        for earlier in 0..later {
            if group[earlier] != group[later] && share(signatures[earlier], signatures[later]) >= NEARLY {
                let (from, to) = (group[later], group[earlier]);
                group.iter_mut().filter(|own| **own == from).for_each(|own| *own = to);
            }
        }
    }
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut firsts: Vec<usize> = group.clone();
    firsts.sort_unstable();
    firsts.dedup();
    for first in firsts {
        let members: Vec<usize> = (0..group.len()).filter(|at| group[*at] == first).collect();
        if members.len() > 1 {
            out.push(members);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "The caretaker opens the hall each morning, checks the doors and alarms, keeps the log of visits, \
        sets out rooms for meetings, weddings and elections, and locks the hall at night when everybody has left.";

    #[test]
    fn edited_copies_are_found_and_others_are_not() {
        let edited = LONG.replace("weddings", "funerals").to_uppercase();
        let other = "A nurse visits people at home, gives them their medicines, writes down what was done, and calls the doctor where something is wrong with them.";
        let all = [signature(LONG), signature(other), signature(&edited), signature("")];
        let all: Vec<&[i32]> = all.iter().map(Vec::as_slice).collect();
        assert_eq!(clusters(&all), [vec![0, 2]]);
        assert!(share(all[0], all[1]) < 0.1);
    }

    #[test]
    fn likeness_goes_on_through_what_lies_between() {
        let (a, b, c) = (vec![0; 10], [vec![0; 7], vec![1; 3]].concat(), [vec![0; 4], vec![1; 6]].concat());
        assert_eq!(clusters(&[&a, &c, &b]), [vec![0, 1, 2]]);
        assert!(clusters(&[]).is_empty());
    }
}
