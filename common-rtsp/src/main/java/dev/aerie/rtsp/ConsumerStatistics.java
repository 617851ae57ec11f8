package dev.aerie.rtsp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A consumer's counters since its start.
///
/// - `received`: units that the source delivered
/// - `dropped`: of these, replaced by newer ones before the worker took them
/// - `skipped`: never delivered: damaged ones, and frames for which no memory was free
/// - `processed`: fully processed by the worker
/// - `decodeMean`, `decodeP95`: of the last few thousand frames; zero for access units
/// - `losses`: ended connections, by cause
/// - `lastUnitAge`: since the last unit was received; empty before the first
public record ConsumerStatistics(
        ConsumerState state,
        long received,
        long dropped,
        long skipped,
        long processed,
        Duration decodeMean,
        Duration decodeP95,
        Map<LossCause, Long> losses,
        Optional<Duration> lastUnitAge) {

    public ConsumerStatistics {
        losses = Map.copyOf(losses);
    }
}
