//! Work on many reports in parallel, results in order.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Threads that audit reports, one report on one thread.
#[derive(Debug)]
pub struct Pool(ThreadPool);

/// A report nested beyond reason must not exhaust the stack: that would end the process.
pub(super) const STACK: usize = 16 * 1024 * 1024;

/// Results held in memory at a time, per thread.
const BATCH: usize = 16;

impl Pool {
    /// A pool of so many threads; 0 means one per processor.
    pub fn new(threads: usize) -> Result<Pool, rayon::ThreadPoolBuildError> {
        let builder = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
        builder.thread_name(|index| format!("gouji-{index}")).build().map(Pool)
    }

    /// Works on the inputs in parallel.
    pub fn map<'i, I: Sync, T: Send>(&self, inputs: &'i [I], work: impl Fn(&'i I) -> T + Send + Sync) -> Vec<T> {
        self.0.install(|| inputs.par_iter().map(work).collect())
    }

    /// Does two things at once.
    pub fn both<A: Send, B: Send>(&self, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
        self.0.join(a, b)
    }

    /// Does something that spreads over the threads by itself.
    pub fn within<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }

    /// Works on the inputs in parallel and hands each result to `take` in the order of the inputs, on this thread.
    /// Stops at the first error of `take`.
    pub fn each<I: Sync, T: Send, E>(
        &self,
        inputs: &[I],
        work: impl Fn(&I) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        for batch in inputs.chunks(BATCH * self.0.current_num_threads()) {
            let results: Vec<T> = self.0.install(|| batch.par_iter().map(&work).collect());
            results.into_iter().try_for_each(&mut take)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let inputs: Vec<u64> = (0..200).collect();
        let mut results = Vec::new();
        let slow_first = |input: &u64| {
            std::thread::sleep(std::time::Duration::from_micros(200 - input));
            *input
        };
        let taken = Pool::new(4).expect("threads start").each(&inputs, slow_first, |result| {
            results.push(result);
            Ok::<(), ()>(())
        });
        assert_eq!((taken, results), (Ok(()), inputs));
    }
}
