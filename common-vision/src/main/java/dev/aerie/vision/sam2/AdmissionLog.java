package dev.aerie.vision.sam2;

import dev.aerie.messages.FrameId;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs when an object's memory pauses and goes on, and when a frame becomes an anchor.
final class AdmissionLog {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionLog.class);

    /// Consecutive frames that are not admitted until the memory counts as paused.
    private static final int PAUSED_FRAMES = 5;

    private final Map<Long, Integer> notAdmitted = new HashMap<>();

    /// Takes a verdict about the next frame.
    void judged(FrameId frame, long object, MemoryAdmission.Verdict verdict, float predictedIou) {
        int before = notAdmitted.getOrDefault(object, 0);
        int now = verdict.isAdmitted() ? 0 : before + 1;
        notAdmitted.put(object, now);
        if (now == PAUSED_FRAMES) {
            log("paused", frame, object, verdict, predictedIou);
        } else if (now == 0 && before >= PAUSED_FRAMES) {
            log("resumed", frame, object, verdict, predictedIou);
        } else if (verdict == MemoryAdmission.Verdict.ANCHOR) {
            log("anchored", frame, object, verdict, predictedIou);
        }
    }

    /// The frame judged last was called drift.
    void refused(long object) {
        notAdmitted.compute(object, (_, before) -> before == null || before == 0 ? 1 : before);
    }

    void remove(long object) {
        notAdmitted.remove(object);
    }

    private static void log(
            String what, FrameId frame, long object, MemoryAdmission.Verdict verdict, float predictedIou) {
        LOG.info(
                "memory {} stream={} object={} frame={} verdict={} predictedIou={}",
                what,
                frame.stream(),
                object,
                frame.frameNumber(),
                verdict,
                predictedIou);
    }
}
