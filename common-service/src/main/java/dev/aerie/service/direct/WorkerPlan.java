package dev.aerie.service.direct;

import dev.aerie.messages.Message;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.BrokerUse;
import dev.aerie.rtsp.RelayAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Where a worker takes its streams from and where it sends its results, according to its settings: streams of the
/// work queue, which needs a broker, or one single stream, with or without a broker.
public record WorkerPlan(StreamSelection selection, BrokerUse broker) {

    private static final Duration LINE_EVERY = Duration.ofSeconds(1);

    /// - `relay`, `streamName`, `go2rtcApi`, `go2rtcRtspUrl`: see [StreamSelection]
    /// - `brokerUrl`: see [BrokerUse]
    public static WorkerPlan of(
            RelayAddress relay,
            Optional<String> streamName,
            Optional<String> go2rtcApi,
            Optional<String> go2rtcRtspUrl,
            String brokerUrl) {
        var selection = StreamSelection.of(relay, streamName, go2rtcApi, go2rtcRtspUrl);
        return new WorkerPlan(
                selection, BrokerUse.of(brokerUrl, selection.ownStream().isPresent()));
    }

    /// Whether streams come from the work queue.
    public boolean asksWorkQueue() {
        return selection.ownStream().isEmpty();
    }

    /// The receiver of results: `publish`, and the log while an optional broker is not connected.
    public Consumer<Message> results(BrokerConnection connection, Consumer<Message> publish) {
        if (broker == BrokerUse.NEEDED) {
            return publish;
        }
        var log = new ResultLog(LINE_EVERY);
        return message -> {
            if (broker.isLookedFor()) {
                publish.accept(message);
            }
            if (!connection.isConnected()) {
                log.take(message);
            }
        };
    }
}
