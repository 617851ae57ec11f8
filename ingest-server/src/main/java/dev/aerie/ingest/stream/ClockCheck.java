package dev.aerie.ingest.stream;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.TimeBounds;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Accepts a sender's capture time within a day of arrival ([TimeBounds#isNear]). Otherwise the time of arrival is
/// used, and the refusal is counted. Thread-safe.
public final class ClockCheck {

    private final Map<ClockOrigin, LongAdder> refused = new EnumMap<>(ClockOrigin.class);

    ClockCheck() {
        for (ClockOrigin origin : ClockOrigin.values()) {
            refused.put(origin, new LongAdder());
        }
    }

    /// The reported capture time if it is plausible, else the time of arrival.
    CaptureTime admit(ClockOrigin origin, CaptureTime reported, long arrivalNanos) {
        if (reported.clock() == CaptureClock.ARRIVAL || TimeBounds.isNear(reported.unixNanos(), arrivalNanos)) {
            return reported;
        }
        refuse(origin);
        return CaptureTime.byArrival(arrivalNanos);
    }

    /// Counts a refusal made elsewhere.
    public void refuse(ClockOrigin origin) {
        adder(origin).increment();
    }

    /// Number of refused times of this origin.
    public long refused(ClockOrigin origin) {
        return adder(origin).sum();
    }

    private LongAdder adder(ClockOrigin origin) {
        return refused.getOrDefault(origin, new LongAdder());
    }
}
