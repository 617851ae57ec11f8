package dev.aerie.ingest.live;

import static dev.aerie.ingest.live.TestUnits.unit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ViewerFeedTest {

    private static final int GROUP = 30;

    private final RecordingConnection connection = new RecordingConnection();
    private final ViewerFeed feed = new ViewerFeed(connection, new AnnexBFormat("drone"), () -> {}, Runnable::run);

    @Test
    void accept_viewerThatReads_getsEveryFrameInOrder() {
        feed.endCatchUp();

        feed(0, 200);

        assertThat(connection.frameNumbers())
                .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
        assertThat(feed.dropped()).isZero();
    }

    @Test
    void accept_beforeTheFirstIdrFrame_sendsNothing() {
        feed(1, GROUP);

        assertThat(connection.sent).isEmpty();
        assertThat(feed.dropped()).isEqualTo(GROUP - 1);
    }

    @Test
    void accept_viewerThatStops_losesWholeGroupsAndResumesAtAnIdrFrame() {
        feed.endCatchUp();
        connection.reading = false;
        int stop = ViewerFeed.MAX_BEHIND + 15;

        feed(0, stop);
        connection.readOn();
        feed(stop, 150);

        long overrun = ViewerFeed.MAX_BEHIND + 1;
        assertThat(connection.frameNumbers()).startsWith(0L).doesNotContain(1L, overrun, overrun + 1);
        assertThat(connection.frameNumbers().get(1) % GROUP).isZero();
        assertThat(connection.frameNumbers()).hasSize(150 - (int) feed.dropped());
        assertThat(connection.texts()).contains("{\"type\":\"dropped\",\"frames\":" + feed.dropped() + "}");
    }

    /// A publisher with many viewers only puts its frames down.
    @Test
    void accept_encoderThatHasNoTime_encodesNothingOnThePublishersThread() {
        var waiting = new ArrayDeque<Runnable>();
        var busy = new ViewerFeed(connection, new AnnexBFormat("drone"), () -> {}, waiting::add);
        busy.endCatchUp();
        for (int i = 0; i < 20; i++) {
            busy.accept(unit(i, GROUP));
        }
        assertThat(connection.sent).isEmpty();
        assertThat(waiting).as("one start for all that waits").hasSize(1);

        waiting.remove().run();

        assertThat(connection.frameNumbers()).hasSize(20);
    }

    @Test
    void accept_viewerThatNeverReads_keepsABoundedQueue() {
        feed.endCatchUp();
        connection.reading = false;

        feed(0, 10_000);

        assertThat(connection.frameNumbers()).containsExactly(0L);
        assertThat(feed.dropped()).isBetween(10_000L - ViewerFeed.MAX_BEHIND - 1, 9_999L);
    }

    @Test
    void caughtUp_longCachedGroup_maySendAllOfIt() {
        connection.reading = false;
        LongStream.range(0, 300).forEach(number -> feed.accept(unit(number, 1_000)));
        feed.endCatchUp();
        LongStream.range(300, 340).forEach(number -> feed.accept(unit(number, 1_000)));

        connection.readOn();

        assertThat(connection.frameNumbers()).hasSize(340);
    }

    @Test
    void encode_sameFormat_announcesItOnce() {
        feed(0, 3 * GROUP);

        assertThat(connection.texts())
                .containsExactly("{\"type\":\"config\",\"format\":\"annexb\",\"stream\":\"drone\",\"session\":\""
                        + TestUnits.SESSION + "\",\"codec\":\"avc1.64001e\",\"width\":640,\"height\":360}");
    }

    private void feed(long from, long to) {
        LongStream.range(from, to).forEach(number -> feed.accept(unit(number, GROUP)));
    }
}
