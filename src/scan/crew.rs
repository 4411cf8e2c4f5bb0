//! A scan's threads: some read files, others audit them, and one that takes too long over a report is left behind.
//!
//! Reading has threads of its own, more than there are processors, because cold files are waited for, not computed. An
//! audit cannot be stopped from outside: where it passes its time, the report fails, another thread takes the place of
//! the one that is stuck, and that one's result is dropped should it ever come.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::guard::{Panic, guarded};
use super::pool::STACK;
use super::walk::{Input, read_bytes};
use crate::source::ReadError;

/// How a crew works.
#[derive(Clone, Copy, Debug)]
pub struct Crew {
    pub readers: usize,
    pub auditors: usize,
    /// For one report.
    pub seconds: u64,
}

/// What became of one file.
#[derive(Debug)]
pub enum Outcome<T> {
    Done(T),
    /// It could not be read.
    Unread(String),
    /// gouji failed on it.
    Failed(String),
    /// It took longer than it may.
    Late,
}

/// Bytes of files that are read and not yet audited, all together.
const BUDGET: u64 = 256 * 1024 * 1024;
/// How often the clock is looked at.
const TICK: Duration = Duration::from_millis(200);

struct Loaded {
    index: usize,
    bytes: Result<Vec<u8>, Unread>,
    held: u64,
}

/// Why there are no bytes.
enum Unread {
    Refused(ReadError),
    Failed(Panic),
}

/// What one auditor does now. A new generation means that the auditor of the old one was left behind.
#[derive(Default)]
struct Slot {
    generation: u64,
    busy: Option<(usize, Instant, u64)>,
}

struct Shared<T, W> {
    files: Vec<Input>,
    next: AtomicUsize,
    stop: AtomicBool,
    queue: Mutex<Receiver<Loaded>>,
    slots: Vec<Mutex<Slot>>,
    budget: Budget,
    results: Sender<(usize, Outcome<T>)>,
    work: W,
}

impl Crew {
    /// Works on every file and hands each outcome to `take` on this thread, in no particular order. Stops at the first
    /// error of `take`.
    pub fn run<T, W, E>(
        self,
        files: Vec<Input>,
        work: W,
        mut take: impl FnMut(usize, Outcome<T>) -> Result<(), E>,
    ) -> Result<(), E>
    where
        T: Send + 'static,
        W: Fn(usize, Vec<u8>) -> T + Send + Sync + 'static,
    {
        let left = files.len();
        let (loaded, queue) = sync_channel(4 * self.auditors);
        let (results, outcomes) = channel();
        let shared = Arc::new(Shared {
            files,
            next: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            queue: Mutex::new(queue),
            slots: (0..self.auditors).map(|_| Mutex::default()).collect(),
            budget: Budget::default(),
            results,
            work,
        });
        for _ in 0..self.readers {
            let (shared, loaded) = (Arc::clone(&shared), loaded.clone());
            spawn("read", move || shared.read(&loaded));
        }
        drop(loaded);
        for slot in 0..self.auditors {
            hire(&shared, slot, 0);
        }
        let ended = self.collect(&shared, &outcomes, left, &mut take);
        shared.stop.store(true, Ordering::Relaxed);
        ended
    }

    fn collect<T, W, E>(
        self,
        shared: &Arc<Shared<T, W>>,
        outcomes: &Receiver<(usize, Outcome<T>)>,
        mut left: usize,
        take: &mut impl FnMut(usize, Outcome<T>) -> Result<(), E>,
    ) -> Result<(), E>
    where
        T: Send + 'static,
        W: Fn(usize, Vec<u8>) -> T + Send + Sync + 'static,
    {
        let mut looked = Instant::now();
        while left > 0 {
            match outcomes.recv_timeout(TICK) {
                Ok((index, outcome)) => {
                    left -= 1;
                    take(index, outcome)?;
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if looked.elapsed() >= TICK {
                looked = Instant::now();
                for index in shared.leave_late_ones_behind(self.seconds) {
                    left -= 1;
                    take(index, Outcome::Late)?;
                }
            }
        }
        Ok(())
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().name(format!("gouji-{name}")).stack_size(STACK);
    thread.spawn(work).expect("the system starts a thread");
}

fn hire<T, W>(shared: &Arc<Shared<T, W>>, slot: usize, generation: u64)
where
    T: Send + 'static,
    W: Fn(usize, Vec<u8>) -> T + Send + Sync + 'static,
{
    let shared = Arc::clone(shared);
    spawn("audit", move || while shared.audit_next(slot, generation) {});
}

/// A panic inside a lock is guarded against, so a poisoned one holds nothing broken.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T, W: Fn(usize, Vec<u8>) -> T> Shared<T, W> {
    fn read(&self, loaded: &SyncSender<Loaded>) {
        while !self.stop.load(Ordering::Relaxed) {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = self.files.get(index) else { return };
            let known = input.bytes();
            self.budget.take(known.unwrap_or_default());
            let bytes = match guarded(|| read_bytes(input)) {
                Ok(read) => read.map_err(Unread::Refused),
                Err(panic) => Err(Unread::Failed(panic)),
            };
            let held = known.unwrap_or_else(|| {
                let held = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
                self.budget.take(held);
                held
            });
            if loaded.send(Loaded { index, bytes, held }).is_err() {
                return;
            }
        }
    }

    /// Audits one file; `false` where there are no more, or where this thread was left behind.
    fn audit_next(&self, slot: usize, generation: u64) -> bool {
        let Ok(Loaded { index, bytes, held }) = lock(&self.queue).recv() else { return false };
        if self.stop.load(Ordering::Relaxed) {
            return false;
        }
        lock(&self.slots[slot]).busy = Some((index, Instant::now(), held));
        let outcome = match bytes {
            Ok(bytes) => match guarded(|| (self.work)(index, bytes)) {
                Ok(done) => Outcome::Done(done),
                Err(panic) => Outcome::Failed(panic.to_string()),
            },
            Err(Unread::Refused(error)) => Outcome::Unread(error.0),
            Err(Unread::Failed(panic)) => Outcome::Failed(panic.to_string()),
        };
        // Held until the result is sent, so that it is not given up in between.
        let mut slot = lock(&self.slots[slot]);
        if slot.generation != generation {
            return false;
        }
        slot.busy = None;
        self.budget.give(held);
        self.results.send((index, outcome)).is_ok()
    }
}

impl<T, W> Shared<T, W>
where
    T: Send + 'static,
    W: Fn(usize, Vec<u8>) -> T + Send + Sync + 'static,
{
    /// The files whose time is over.
    fn leave_late_ones_behind(self: &Arc<Self>, seconds: u64) -> Vec<usize> {
        let mut late = Vec::new();
        for (at, slot) in self.slots.iter().enumerate() {
            let mut slot = lock(slot);
            let over = slot.busy.filter(|(_, since, _)| since.elapsed() > Duration::from_secs(seconds));
            if let Some((index, _, held)) = over {
                slot.busy = None;
                slot.generation += 1;
                self.budget.give(held);
                hire(self, at, slot.generation);
                late.push(index);
            }
        }
        late
    }
}

/// Bytes in memory. A single file larger than the budget is still let through, alone.
#[derive(Default)]
struct Budget {
    used: Mutex<u64>,
    freed: Condvar,
}

impl Budget {
    fn take(&self, bytes: u64) {
        let mut used = lock(&self.used);
        while *used > 0 && *used + bytes > BUDGET {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += bytes;
    }

    fn give(&self, bytes: u64) {
        *lock(&self.used) -= bytes;
        self.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(seconds: u64, work: impl Fn(usize) -> usize + Send + Sync + 'static) -> Vec<String> {
        crate::scan::install_hook();
        let here = Input::File(file!().into());
        let files = vec![here.clone(), here.clone(), Input::File("no/such/file".into()), here];
        let mut found = vec![String::new(); files.len()];
        let crew = Crew { readers: 3, auditors: 2, seconds };
        let taken = crew.run(
            files,
            move |index, bytes| {
                assert!(bytes.starts_with(b"//!"));
                work(index)
            },
            |index, outcome| {
                found[index] = match outcome {
                    Outcome::Done(value) => value.to_string(),
                    Outcome::Unread(why) => why,
                    Outcome::Failed(why) => why.chars().take(10).collect(),
                    Outcome::Late => "late".into(),
                };
                Ok::<(), ()>(())
            },
        );
        assert_eq!(taken, Ok(()));
        found
    }

    #[test]
    fn one_bad_file_does_not_stop_the_others() {
        let found = outcomes(60, |index| if index == 1 { panic!("odd") } else { index * 10 });
        assert_eq!((found[0].as_str(), found[3].as_str()), ("0", "30"));
        assert!(found[1].starts_with("gouji") && found[2].contains("找不到"), "{found:?}");
    }

    #[test]
    fn a_stuck_audit_is_left_behind() {
        let stuck = |index| {
            if index == 0 {
                thread::sleep(Duration::from_secs(60));
            }
            index
        };
        let found = outcomes(1, stuck);
        assert_eq!((found[0].as_str(), found[1].as_str(), found[3].as_str()), ("late", "1", "3"));
    }
}
