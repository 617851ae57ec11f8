package dev.aerie.ingest.testing;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/// [TestVideo] as an archive has it: every frame carries its identity, one number in the middle is missing.
public final class RecordedVideo {

    public static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    public static final long FIRST_FRAME = 40;
    public static final long START_NANOS = 1_763_726_400_000_000_000L;

    private static final long NANOS_PER_FRAME = 33_333_333L;

    private RecordedVideo() {}

    /// `count` frames from [#FIRST_FRAME]; the number of frame `missing` is given to nobody.
    public static List<AccessUnit> units(String session, int count, int framesPerIdr, int missing) {
        return stamped(TestVideo.units(count, framesPerIdr), session, missing);
    }

    /// These frames as an archive has them.
    public static List<AccessUnit> stamped(List<AccessUnit> units, String session, int missing) {
        return IntStream.range(0, units.size())
                .mapToObj(i -> units.get(i).withStamp(stamp(session, i < missing ? i : i + 1)))
                .toList();
    }

    /// A message of `WS /ws/replay`.
    public static ByteBuffer message(AccessUnit unit) {
        return ByteBuffer.allocate(Long.BYTES + unit.sizeBytes())
                .putLong(unit.ptsTicks90k())
                .put(unit.annexB())
                .flip();
    }

    private static FrameStamp stamp(String session, int index) {
        var id = new FrameId("drone", session, FIRST_FRAME + index);
        return new FrameStamp(id, START_NANOS + index * NANOS_PER_FRAME, CaptureClock.SENDER);
    }
}
