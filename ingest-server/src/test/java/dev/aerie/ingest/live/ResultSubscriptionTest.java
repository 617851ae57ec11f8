package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.testing.ExampleMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultSubscriptionTest {

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final RecordingConnection connection = new RecordingConnection();

    @Test
    void accept_noWindow_sendsEachResultAtOnce() throws Exception {
        var subscription = new ResultSubscription("drone", Duration.ZERO, connection);

        take(subscription, ExampleMessages.frameResult());
        take(subscription, ExampleMessages.pose());

        assertThat(sent()).extracting(each -> each.path("type").textValue()).containsOnly("result");
        assertThat(sent())
                .extracting(each -> each.path("frame_number").longValue())
                .containsExactly(1042L, 1042L);
        assertThat(sent().get(0).at("/results/frame_result/objects/0/id").intValue())
                .isEqualTo(7);
        assertThat(sent().get(1).at("/results/pose/map_points").intValue()).isEqualTo(1834);
    }

    @Test
    void accept_window_joinsResultsOfOneFrame() throws Exception {
        var subscription = new ResultSubscription("drone", WINDOW, connection);

        take(subscription, ExampleMessages.frameResult());
        take(subscription, ExampleMessages.pose());
        subscription.flush(System.nanoTime());
        assertThat(connection.sent).as("before the window is over").isEmpty();
        subscription.flush(System.nanoTime() + WINDOW.toNanos());

        assertThat(sent()).hasSize(1);
        assertThat(sent().getFirst().path("results").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("frame_result", "pose");
    }

    @Test
    void accept_messageAboutTheStream_isAnEvent() throws Exception {
        var subscription = new ResultSubscription("drone", WINDOW, connection);

        take(subscription, ExampleMessages.telemetry());

        assertThat(sent().getFirst().path("type").textValue()).isEqualTo("event");
        assertThat(sent().getFirst().path("kind").textValue()).isEqualTo("telemetry");
        assertThat(sent().getFirst().at("/message/battery_percent").intValue()).isEqualTo(83);
    }

    @Test
    void accept_clientThatNeverReads_losesTheOldest() {
        connection.reading = false;
        var subscription = new ResultSubscription("drone", Duration.ZERO, connection);

        for (int i = 0; i < 1_000; i++) {
            take(subscription, ExampleMessages.telemetry());
        }

        assertThat(subscription.dropped()).isEqualTo(1_000 - 1 - ResultSubscription.MAX_WAITING);
    }

    @Test
    void hub_messages_reachSubscriptionsOfTheirStreamAndAreCounted() throws Exception {
        var hub = new ResultHub(() -> true);
        hub.add(new ResultSubscription("drone", Duration.ZERO, connection));
        var other = new RecordingConnection();
        hub.add(new ResultSubscription("gate", Duration.ZERO, other));

        BusMessages.give(hub, ExampleMessages.frameResult());
        BusMessages.give(hub, ExampleMessages.imuBatch());
        hub.tick();

        assertThat(sent()).hasSize(2);
        assertThat(sent().getLast().at("/exchanges/processed_frames_exchange").doubleValue())
                .isPositive();
        assertThat(sent().getLast().at("/exchanges/imu_exchange").doubleValue()).isPositive();
        assertThat(other.texts()).hasSize(1).first().asString().contains("\"processed_frames_exchange\":0.0");
    }

    @Test
    void hub_fieldsOfALaterVersion_arePassedOn() throws Exception {
        var hub = new ResultHub(() -> true);
        hub.add(new ResultSubscription("drone", Duration.ZERO, connection));
        String json = BusMessages.json(ExampleMessages.frameResult())
                .replace("\"score\":0.91", "\"score\":0.91,\"speed\":{\"value\":2.50}");

        hub.accept(Messages.readHeader(json), json);

        assertThat(connection.texts().getFirst()).contains("\"results\":{\"frame_result\":" + json + "}");
    }

    @Test
    void joinWindow_query_isBounded() {
        assertThat(ResultsSocket.joinWindow("")).isEqualTo(Duration.ofMillis(50));
        assertThat(ResultsSocket.joinWindow("join_ms=0")).isZero();
        assertThat(ResultsSocket.joinWindow("a=b&join_ms=9999")).isEqualTo(Duration.ofSeconds(1));
    }

    private static void take(ResultSubscription subscription, Message message) {
        subscription.accept(BusMessages.header(message), BusMessages.json(message));
    }

    private List<JsonNode> sent() throws Exception {
        var json = new ObjectMapper();
        var nodes = new ArrayList<JsonNode>();
        for (String text : connection.texts()) {
            nodes.add(json.readTree(text));
        }
        return nodes;
    }
}
