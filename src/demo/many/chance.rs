//! Numbers that look like chance and are the same every time (SplitMix64, a public-domain design of Sebastiano Vigna).

/// A row of numbers that its seed alone decides.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// `what` keeps the rows of different things apart.
    pub fn new(what: u64, number: usize) -> Self {
        Chance(what.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (number as u64).wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not, `most`.
    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    /// That often in a hundred.
    pub fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// One of the list, the first far oftener than the last: as words are used.
    pub fn pick_worn<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let share = self.below(1_000_000) as f64 / 1_000_000.0;
        &list[(share.powi(3) * list.len() as f64) as usize]
    }

    /// So many of the list, in its order, none twice.
    pub fn some<'a, T>(&mut self, list: &'a [T], mut wanted: usize) -> Vec<&'a T> {
        let mut chosen = Vec::new();
        for (place, one) in list.iter().enumerate() {
            if self.below(list.len() - place) < wanted {
                chosen.push(one);
                wanted -= 1;
            }
        }
        chosen
    }
}
