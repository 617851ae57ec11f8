package dev.aerie.simulator.drone;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.messages.ImuBatch;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open links of one drone to its ingest: video, and inertial samples and telemetry if the server accepts them.
///
/// The video link is required. A failed sensor link stays closed until the next connection.
final class DroneConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DroneConnection.class);

    private final DroneConfig config;
    private final DroneMeter meter;
    private final WebSocketLink video;
    private Optional<WebSocketLink> imu = Optional.empty();
    private Optional<WebSocketLink> telemetry = Optional.empty();

    private DroneConnection(DroneConfig config, DroneMeter meter, WebSocketLink video) {
        this.config = config;
        this.meter = meter;
        this.video = video;
    }

    /// Connects and announces the video's format.
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the links are the connection's, closed with it
    static DroneConnection open(HttpClient client, DroneConfig config, VideoSource source, DroneMeter meter)
            throws IOException {
        var video = WebSocketLink.open(client, config.endpoint("video"), config.credentials());
        var connection = new DroneConnection(config, meter, video);
        try {
            connection.announce(source);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
        if (source.flight().isPresent()) {
            connection.imu = connection.openBeside(client, "imu");
            connection.telemetry = connection.openBeside(client, "telemetry");
        }
        meter.connections.increment();
        return connection;
    }

    @SuppressWarnings("MustBeClosedChecker") // see open
    private Optional<WebSocketLink> openBeside(HttpClient client, String kind) {
        try {
            return Optional.of(WebSocketLink.open(client, config.endpoint(kind), config.credentials()));
        } catch (IOException e) {
            LOG.warn("side link refused stream={} link={} cause={}", config.stream(), kind, e.getMessage());
            return Optional.empty();
        }
    }

    private void announce(VideoSource source) throws IOException {
        String framing = config.chunkBytes() == 0 ? "access_units" : "any";
        var size = source.size();
        video.send(new DroneMessages.VideoConfig(
                        "video_config",
                        source.codec().wireName(),
                        size.widthPixels(),
                        size.heightPixels(),
                        source.framesPerSecond(),
                        framing)
                .toJson());
    }

    /// Sends a unit, whole or in chunks, after the capture time of its frame.
    void send(AccessUnit unit, long capturedAtUnixNanos, long nowUnixNanos) throws IOException {
        video.send(new DroneMessages.FrameTime("frame_time", capturedAtUnixNanos, nowUnixNanos).toJson());
        ByteBuffer bytes = unit.annexB();
        int size = bytes.remaining();
        int piece = config.chunkBytes() == 0 ? size : config.chunkBytes();
        for (int from = 0; from < size; from += piece) {
            video.send(bytes.slice(from, Math.min(piece, size - from)));
        }
        meter.framesSent.increment();
        meter.bytesSent.add(size);
    }

    void sendImu(List<ImuBatch.Reading> readings) {
        if (imu.isPresent() && !readings.isEmpty()) {
            imu = sentBeside(imu.get(), SensorFeed.imuMessage(readings));
            meter.imuSamplesSent.add(imu.isPresent() ? readings.size() : 0);
        }
    }

    void sendTelemetry(DroneMessages.Telemetry message) {
        if (telemetry.isPresent()) {
            telemetry = sentBeside(telemetry.get(), message);
            meter.telemetrySent.add(telemetry.isPresent() ? 1 : 0);
        }
    }

    /// The link; empty after a failure.
    private Optional<WebSocketLink> sentBeside(WebSocketLink link, DroneMessages message) {
        try {
            link.send(message.toJson());
            return Optional.of(link);
        } catch (IOException e) {
            LOG.warn("side link lost stream={} cause={}", config.stream(), e.getMessage());
            link.close();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        imu.ifPresent(WebSocketLink::close);
        telemetry.ifPresent(WebSocketLink::close);
        video.close();
    }
}
