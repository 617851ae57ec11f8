package dev.aerie.ingest.live;

import static dev.aerie.ingest.live.TestUnits.unit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LiveReaderTest {

    private static final int GROUP = 30;

    private final RecordingWire wire = new RecordingWire();
    private final LiveReader reader = new LiveReader(wire, new AnnexBFormat("drone"), () -> {});

    @Test
    void accept_viewerThatReads_getsEveryPictureInOrder() {
        reader.caughtUp();

        feed(0, 200);

        assertThat(wire.frameNumbers())
                .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
        assertThat(reader.dropped()).isZero();
    }

    @Test
    void accept_beforeTheFirstIdrPicture_sendsNothing() {
        feed(1, GROUP);

        assertThat(wire.sent).isEmpty();
        assertThat(reader.dropped()).isEqualTo(GROUP - 1);
    }

    @Test
    void accept_viewerThatStops_losesWholeGroupsAndResumesAtAnIdrPicture() {
        reader.caughtUp();
        wire.reading = false;
        int stop = LiveReader.MAX_BEHIND + 15;

        feed(0, stop);
        wire.readOn();
        feed(stop, 150);

        long overrun = LiveReader.MAX_BEHIND + 1;
        assertThat(wire.frameNumbers()).startsWith(0L).doesNotContain(1L, overrun, overrun + 1);
        assertThat(wire.frameNumbers().get(1) % GROUP).isZero();
        assertThat(wire.frameNumbers()).hasSize(150 - (int) reader.dropped());
        assertThat(wire.texts()).contains("{\"type\":\"dropped\",\"pictures\":" + reader.dropped() + "}");
    }

    @Test
    void accept_viewerThatNeverReads_keepsABoundedQueue() {
        reader.caughtUp();
        wire.reading = false;

        feed(0, 10_000);

        assertThat(wire.frameNumbers()).containsExactly(0L);
        assertThat(reader.dropped()).isBetween(10_000L - LiveReader.MAX_BEHIND - 1, 9_999L);
    }

    @Test
    void caughtUp_longCachedGroup_maySendAllOfIt() {
        wire.reading = false;
        LongStream.range(0, 300).forEach(number -> reader.accept(unit(number, 1_000)));
        reader.caughtUp();
        LongStream.range(300, 340).forEach(number -> reader.accept(unit(number, 1_000)));

        wire.readOn();

        assertThat(wire.frameNumbers()).hasSize(340);
    }

    @Test
    void encode_sameFormat_announcesItOnce() {
        feed(0, 3 * GROUP);

        assertThat(wire.texts())
                .containsExactly("{\"type\":\"config\",\"format\":\"annexb\",\"stream\":\"drone\",\"session\":\""
                        + TestUnits.SESSION + "\",\"codec\":\"avc1.64001e\",\"width\":640,\"height\":360}");
    }

    private void feed(long from, long to) {
        LongStream.range(from, to).forEach(number -> reader.accept(unit(number, GROUP)));
    }
}
