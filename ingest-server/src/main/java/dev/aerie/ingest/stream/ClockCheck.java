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

    private final Map<ClockDoor, LongAdder> refused = new EnumMap<>(ClockDoor.class);

    ClockCheck() {
        for (ClockDoor door : ClockDoor.values()) {
            refused.put(door, new LongAdder());
        }
    }

    /// What was said, or arrival.
    CaptureTime admit(ClockDoor door, CaptureTime said, long arrivalNanos) {
        if (said.clock() == CaptureClock.ARRIVAL || TimeBounds.isNear(said.unixNanos(), arrivalNanos)) {
            return said;
        }
        refuse(door);
        return CaptureTime.byArrival(arrivalNanos);
    }

    /// Counts what was refused by others.
    public void refuse(ClockDoor door) {
        adder(door).increment();
    }

    /// How often arrival stood for what was said at this door.
    public long refused(ClockDoor door) {
        return adder(door).sum();
    }

    private LongAdder adder(ClockDoor door) {
        return refused.getOrDefault(door, new LongAdder());
    }
}
