//! Measuring: the real time, latencies, processor time and memory of a process, and the table that shows them.

use std::io::Write;
use std::time::Duration;

/// The real time since it was made, whatever the virtual clocks say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(std::time::Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures the real time")]
    pub(crate) fn start() -> Self {
        Self(std::time::Instant::now())
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Times of the same thing done often.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that this share of all did not exceed (nearest rank); zero when there is none.
    pub(crate) fn quantile(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// Median, 99 of 100, and longest.
    pub(crate) fn summary(&self) -> String {
        let [half, most, all] = [0.5, 0.99, 1.0].map(|share| milliseconds(self.quantile(share)));
        format!("p50 {half}  p99 {most}  max {all}")
    }
}

pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}

/// This many things in that time, per second.
pub(crate) fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(1e-9)
}

/// Processor time, in user and kernel, of a process of this machine or of ourselves; to a hundredth of a second.
pub(crate) fn processor_time(process: Option<u32>) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", name(process))).ok()?;
    // The name in brackets may hold blanks.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// A line of a process's status that counts KiB, such as `VmRSS`; in MiB.
pub(crate) fn memory(process: Option<u32>, line: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", name(process))).ok()?;
    let found = status
        .lines()
        .find_map(|text| text.strip_prefix(line)?.strip_prefix(':'))?;
    let kib: f64 = found.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1_024.0)
}

fn name(process: Option<u32>) -> String {
    process.map_or_else(|| "self".to_owned(), |id| id.to_string())
}

/// Shows a table on standard output, a row as soon as it is known.
pub(crate) struct Table;

impl Table {
    pub(crate) fn title(text: &str) {
        line(&format!("\n{text}"));
    }

    /// Names the machine and how busy it is at this moment.
    pub(crate) fn machine() {
        let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = info.lines().find_map(|text| text.strip_prefix("model name"));
        let model = model.map_or("unknown processor", |text| text.trim_start_matches([' ', '\t', ':']));
        let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
        line(&format!(
            "{profile} profile, {cores} cores ({model}), load average {load}"
        ));
    }

    pub(crate) fn row(name: &str, value: &str) {
        line(&format!("  {name:<44} {value}"));
    }
}

fn line(text: &str) {
    // Nobody is left to tell when standard output is closed.
    drop(writeln!(std::io::stdout(), "{text}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let mut times = Times::default();
        assert_eq!(times.quantile(0.5), Duration::ZERO);
        for time in (1..=200).rev() {
            times.add(Duration::from_millis(time));
        }
        let found = [0.5, 0.99, 1.0].map(|share| times.quantile(share).as_millis());
        assert_eq!(found, [100, 198, 200]);
    }

    #[test]
    fn our_own_process_has_memory_and_processor_time() {
        assert!(memory(None, "VmRSS").is_some_and(|size| size > 1.0));
        assert!(processor_time(None).is_some());
    }
}
