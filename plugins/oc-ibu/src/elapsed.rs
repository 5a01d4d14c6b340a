//! Spans of time as people say them.

/// `45s`, `4m02s`, `1h20m`, `3d4h`: at most two units. A span below zero counts as none.
pub fn elapsed(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds}s"),
        (0, 0, _) => format!("{minutes}m{:02}s", seconds % 60),
        (0, _, _) => format!("{hours}h{:02}m", minutes % 60),
        _ => format!("{days}d{}h", hours % 24),
    }
}

#[cfg(test)]
mod tests {
    use super::elapsed;

    #[test]
    fn two_units_are_enough() {
        let spans = [-5, 45, 242, 4800, 273_600];
        assert_eq!(spans.map(elapsed), ["0s", "45s", "4m02s", "1h20m", "3d4h"]);
    }
}
