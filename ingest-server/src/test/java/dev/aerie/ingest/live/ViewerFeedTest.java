package dev.aerie.ingest.live;

import static dev.aerie.ingest.live.TestUnits.unit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ViewerFeedTest {

    private static final int GROUP = 30;

    private final RecordingWire wire = new RecordingWire();
    private final ViewerFeed feed = new ViewerFeed(wire, new AnnexBFormat("drone"), () -> {});

    @Test
    void accept_viewerThatReads_getsEveryFrameInOrder() {
        feed.caughtUp();

        feed(0, 200);

        assertThat(wire.frameNumbers())
                .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
        assertThat(feed.dropped()).isZero();
    }

    @Test
    void accept_beforeTheFirstIdrFrame_sendsNothing() {
        feed(1, GROUP);

        assertThat(wire.sent).isEmpty();
        assertThat(feed.dropped()).isEqualTo(GROUP - 1);
    }

    @Test
    void accept_viewerThatStops_losesWholeGroupsAndResumesAtAnIdrFrame() {
        feed.caughtUp();
        wire.reading = false;
        int stop = ViewerFeed.MAX_BEHIND + 15;

        feed(0, stop);
        wire.readOn();
        feed(stop, 150);

        long overrun = ViewerFeed.MAX_BEHIND + 1;
        assertThat(wire.frameNumbers()).startsWith(0L).doesNotContain(1L, overrun, overrun + 1);
        assertThat(wire.frameNumbers().get(1) % GROUP).isZero();
        assertThat(wire.frameNumbers()).hasSize(150 - (int) feed.dropped());
        assertThat(wire.texts()).contains("{\"type\":\"dropped\",\"frames\":" + feed.dropped() + "}");
    }

    @Test
    void accept_viewerThatNeverReads_keepsABoundedQueue() {
        feed.caughtUp();
        wire.reading = false;

        feed(0, 10_000);

        assertThat(wire.frameNumbers()).containsExactly(0L);
        assertThat(feed.dropped()).isBetween(10_000L - ViewerFeed.MAX_BEHIND - 1, 9_999L);
    }

    @Test
    void caughtUp_longCachedGroup_maySendAllOfIt() {
        wire.reading = false;
        LongStream.range(0, 300).forEach(number -> feed.accept(unit(number, 1_000)));
        feed.caughtUp();
        LongStream.range(300, 340).forEach(number -> feed.accept(unit(number, 1_000)));

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
        LongStream.range(from, to).forEach(number -> feed.accept(unit(number, GROUP)));
    }
}
