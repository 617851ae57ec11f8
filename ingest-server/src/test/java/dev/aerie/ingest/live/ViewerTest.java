package dev.aerie.ingest.live;

import static dev.aerie.ingest.live.TestUnits.unit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.transcode.BrowserStreams;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import org.junit.jupiter.api.Test;

final class ViewerTest {

    private final Relay relay = new Relay();
    private final RecordingConnection connection = new RecordingConnection();
    private final Viewer viewer = new Viewer(
            "drone",
            new BrowserStreams(relay, 0, System::nanoTime, VideoDecoders.SOFTWARE)::find,
            connection,
            new AnnexBFormat("drone"),
            Runnable::run);

    @Test
    void start_streamIsLive_sendsTheCachedGroupFirst() {
        var stream = relay.open("drone");
        for (int number = 0; number < 5; number++) {
            stream.publish(unit(number, 30));
        }

        viewer.start();
        stream.publish(unit(5, 30));

        assertThat(connection.frameNumbers()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void joinIfLive_streamEndsAndStartsAgain_resumesAutomatically() {
        viewer.start();
        var first = relay.open("drone");
        first.publish(unit(0, 30));
        viewer.joinIfLive();
        relay.close(first);
        var second = relay.open("drone");
        second.publish(unit(30, 30));
        viewer.joinIfLive();

        assertThat(connection.frameNumbers()).containsExactly(0L, 30L);
        assertThat(connection.texts().stream().filter(text -> text.contains("waiting")))
                .hasSize(2);
    }

    @Test
    void close_watchedStream_isReadNoMore() {
        var stream = relay.open("drone");
        viewer.start();

        viewer.close();
        stream.publish(unit(0, 30));

        assertThat(connection.frameNumbers()).isEmpty();
        assertThat(stream.readerCount()).isZero();
    }
}
