package dev.aerie.ingest.stream;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.TimeBounds;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Lets a foreign clock's word count where it can be right: within a day of arrival ([TimeBounds#isNear]). Otherwise
/// the
/// time of arrival stands for it, and the refusal is counted. Thread-safe.
public final class ClockCheck {

    private final Map<ClockOrigin, LongAdder> refused = new EnumMap<>(ClockOrigin.class);

    ClockCheck() {
        for (ClockOrigin origin : ClockOrigin.values()) {
            refused.put(origin, new LongAdder());
        }
    }

    /// What was said, or arrival.
    CaptureTime admit(ClockOrigin origin, CaptureTime reported, long arrivalNanos) {
        if (reported.clock() == CaptureClock.ARRIVAL || TimeBounds.isNear(reported.unixNanos(), arrivalNanos)) {
            return reported;
        }
        refuse(origin);
        return CaptureTime.byArrival(arrivalNanos);
    }

    /// Counts what was refused by others.
    public void refuse(ClockOrigin origin) {
        adder(origin).increment();
    }

    /// How often arrival stood for what was said at this door.
    public long refused(ClockOrigin origin) {
        return adder(origin).sum();
    }

    private LongAdder adder(ClockOrigin origin) {
        return refused.getOrDefault(origin, new LongAdder());
    }
}
