//! Numbers that look like chance and are the same for the same seed, so that a run can be had again.

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        // splitmix: near seeds give far numbers, and never nought
        let mixed = (seed.wrapping_add(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Chance(mixed ^ (mixed >> 27) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From nought to one below `most`.
    #[allow(clippy::cast_possible_truncation, reason = "a remainder of a usize fits one")]
    pub fn below(&mut self, most: usize) -> usize {
        ((self.next() >> 11) % most.max(1) as u64) as usize
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn of<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len())]
    }

    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }
}
