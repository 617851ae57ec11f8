package dev.aerie.rtsp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a consumer counted since its start.
///
/// - `received`: units that the source delivered
/// - `dropped`: of these, given up for newer ones before the worker took them
/// - `skipped`: never delivered: broken ones, and frames for which no free memory was left
/// - `processed`: accepted by the worker to the end
/// - `decodeMean`, `decodeP95`: of the last few thousand frames; zero for access units
/// - `losses`: connections given up, by cause
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
