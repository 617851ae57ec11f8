package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Ulid;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.FrameStampSei;
import dev.aerie.video.VideoCodec;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LocalUnitsTest {

    private static final byte[] SLICE = {0, 0, 0, 1, 0x65, (byte) 0x88, 1, 2, 3};
    private static final long SECOND = 1_000_000_000;
    private static final FrameStamp OURS =
            new FrameStamp(new FrameId("drone", new Ulid(1, 2).toString(), 40), 5, CaptureClock.SENDER);

    private final String session = "local-" + new Ulid(5, 6);
    private Instant now = Instant.ofEpochSecond(1000);

    @Test
    void next_foreignVideo_isNumberedOnAcrossConnectionsAndCarriesItsIdentity() throws IOException {
        var units = units(List.of(List.of(unit(0), unit(3600)), List.of(unit(90_000))));
        assertThat(frameNumbers(units)).containsExactly(0L, 1L);
        assertThat(frameNumbers(units)).containsExactly(2L);
    }

    @Test
    void next_foreignVideo_hasItsIdentityInItsBytes() throws IOException {
        var units = units(List.of(List.of(unit(0))));
        try (var source = units.open()) {
            var unit = source.next();
            var read = FrameStampSei.find("drone", unit.nalUnits()).orElseThrow();
            assertThat(read.id()).isEqualTo(new FrameId("drone", session, 0));
            assertThat(read.clock()).isEqualTo(CaptureClock.ARRIVAL);
        }
    }

    @Test
    void next_foreignVideo_capturedBySendersPaceFromTheFirstArrivalOn() throws IOException {
        var units = units(List.of(List.of(unit(0), unit(3600), unit(90_000 * 5L))));
        try (var source = units.open()) {
            assertThat(captured(source)).isEqualTo(1000 * SECOND);
            now = now.plusMillis(300);
            assertThat(captured(source)).as("gathered, not late").isEqualTo(1000 * SECOND + 40_000_000);
            assertThat(captured(source)).as("a jump of the sender's clock").isEqualTo(1000 * SECOND + 300_000_000);
        }
    }

    @Test
    void next_ourVideo_keepsItsIdentityAndDamagedUnitsHaveNone() throws IOException {
        var units = units(List.of(List.of(unit(0).withStamp(OURS), unit(3600))));
        try (var source = units.open()) {
            assertThat(source.next().stamp()).hasValue(OURS);
            assertThat(source.next().stamp()).isEmpty();
            assertThatExceptionOfType(EOFException.class).isThrownBy(source::next);
        }
    }

    private long captured(StreamSource<AccessUnit> source) throws IOException {
        return source.next().stamp().orElseThrow().captureTimeNanos();
    }

    private static List<Long> frameNumbers(LocalUnits units) throws IOException {
        var numbers = new ArrayList<Long>();
        try (var source = units.open()) {
            while (true) {
                numbers.add(source.next().stamp().orElseThrow().id().frameNumber());
            }
        } catch (EOFException _) {
            return numbers;
        }
    }

    private LocalUnits units(List<List<AccessUnit>> connections) {
        var waiting = new ArrayDeque<>(connections);
        StreamSource.Opener<AccessUnit> opener = new StreamSource.Opener<>() {
            @Override
            @MustBeClosed
            public StreamSource<AccessUnit> open() {
                return new Scripted(new ArrayDeque<>(waiting.removeFirst()));
            }
        };
        return new LocalUnits(opener, "drone", new LocalSession(session), () -> now);
    }

    private static AccessUnit unit(long ptsTicks90k) {
        return new AccessUnit(VideoCodec.H264, SLICE, true, ptsTicks90k, Optional.empty());
    }

    private record Scripted(ArrayDeque<AccessUnit> units) implements StreamSource<AccessUnit> {

        @Override
        public AccessUnit next() throws IOException {
            if (units.isEmpty()) {
                throw new EOFException("the script ends");
            }
            return units.removeFirst();
        }

        @Override
        public void close() {}
    }
}
