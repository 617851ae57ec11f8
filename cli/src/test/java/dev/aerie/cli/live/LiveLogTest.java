package dev.aerie.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.aerie.cli.rerun.LogMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveLogTest {

    private final LiveLog log = new LiveLog();

    @Test
    void join_inTheMiddleOfAGroup_beginsWithWhatLastsAndTheGroup() throws Exception {
        begin("first");
        frame("frame 0");
        log.accept(message("axes", "/map axes"));
        frame("frame 1");
        log.accept(message("trajectory of 1", "/map trajectory"));
        log.beginGroup();
        frame("frame 2");
        log.accept(message("trajectory of 2", "/map trajectory"));

        assertThat(taken(log.join())).containsExactly("first", "axes", "trajectory of 2", "frame 2");
    }

    @Test
    void accept_newRecording_isTheOnlyOneFromThenOn() throws Exception {
        ViewerQueue viewer = log.join();
        begin("first");
        frame("frame 0");
        log.accept(message("axes", "/map axes"));
        begin("second");
        frame("frame 1");

        assertThat(taken(viewer)).containsExactly("first", "frame 0", "axes", "second", "frame 1");
        assertThat(taken(log.join())).containsExactly("second", "frame 1");
        assertThat(viewer.dropped()).isZero();
    }

    /// What waits is dropped and counted; the viewer goes on at the next IDR frame.
    @Test
    void accept_viewerThatReadsNothing_dropsUpToTheNextIdrFrame() throws Exception {
        ViewerQueue viewer = log.join();
        begin("first");
        for (int i = 0; i < ViewerQueue.MAX_MESSAGES + 1; i++) { // with the beginning two too many
            frame("frame " + i);
        }
        log.accept(message("axes", "/map axes"));
        assertThat(taken(viewer)).isEmpty();
        assertThat(viewer.dropped()).isEqualTo(ViewerQueue.MAX_MESSAGES + 3);

        log.beginGroup();
        frame("an IDR frame");

        assertThat(taken(viewer)).containsExactly("first", "axes", "an IDR frame");
    }

    @Test
    void join_afterAGroupThatIsTooLarge_waitsForTheNext() throws Exception {
        begin("first");
        var large = ByteString.copyFrom(new byte[ViewerQueue.MAX_BYTES / 2]);
        log.accept(new LogMessage(LogMessage.ARROW, large, ""));
        frame("frame 1");

        ViewerQueue viewer = log.join();
        assertThat(taken(viewer)).isEmpty();
        log.beginGroup();
        frame("frame 2");
        assertThat(taken(viewer)).containsExactly("first", "frame 2");
        assertThat(viewer.dropped()).isZero();
    }

    private void begin(String text) {
        log.accept(new LogMessage(LogMessage.STORE_INFO, ByteString.copyFromUtf8(text), ""));
        log.beginGroup();
    }

    private void frame(String text) {
        log.accept(message(text, ""));
    }

    private static LogMessage message(String text, String lasting) {
        return new LogMessage(LogMessage.ARROW, ByteString.copyFromUtf8(text), lasting);
    }

    private static List<String> taken(ViewerQueue viewer) throws InterruptedException {
        var texts = new ArrayList<String>();
        for (LogMessage next = viewer.take(Duration.ZERO); next != null; next = viewer.take(Duration.ZERO)) {
            texts.add(next.content().toStringUtf8());
        }
        return texts;
    }
}
