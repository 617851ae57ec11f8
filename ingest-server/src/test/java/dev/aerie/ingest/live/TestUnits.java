package dev.aerie.ingest.live;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoCodec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Access units by number, for tests that look at identity and order, not at frames.
final class TestUnits {

    static final String SESSION = "01K9ZZZZZZ0000000000000000";

    /// An SPS of 640 × 360, High profile, level 3.0, and its PPS, as x264 wrote them.
    private static final byte[] PARAMETER_SETS =
            HexFormat.of().parseHex("000000016764001eacd940a02ff970110000030001000003003c0f162d960000000168ebe3cb22c0");

    private TestUnits() {}

    /// Unit `number` of a stream with an IDR frame every `group`, 30 a second.
    static AccessUnit unit(long number, int group) {
        boolean idr = number % group == 0;
        byte[] slice = {0, 0, 0, 1, (byte) (idr ? 0x65 : 0x41), (byte) 0x88, (byte) number, 1};
        var stamp = new FrameStamp(new FrameId("drone", SESSION, number), 1_000 + number, CaptureClock.ARRIVAL);
        return new AccessUnit(
                VideoCodec.H264, idr ? behindParameterSets(slice) : slice, idr, number * 3_000, Optional.of(stamp));
    }

    private static byte[] behindParameterSets(byte[] slice) {
        byte[] all = Arrays.copyOf(PARAMETER_SETS, PARAMETER_SETS.length + slice.length);
        System.arraycopy(slice, 0, all, PARAMETER_SETS.length, slice.length);
        return all;
    }
}
