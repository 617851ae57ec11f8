package dev.aerie.messages;

import java.util.List;

/// The names of the durable fanout exchanges, fixed by the contract, and of the work queues that share out streams.
public final class Exchanges {

    public static final String IMU = "imu_exchange";
    public static final String TELEMETRY = "telemetry_exchange";
    public static final String STREAM_EVENTS = "stream_events_exchange";
    public static final String PROCESSED_FRAMES = "processed_frames_exchange";
    public static final String API_RESULTS = "api_results_exchange";
    public static final String SLAM_RESULTS = "slam_results_exchange";
    public static final String RECORDING_EVENTS = "recording_events_exchange";
    public static final String PTZ_EVENTS = "ptz_events_exchange";
    public static final String ALERTS = "alerts_exchange";
    public static final String RESTART = "restart_exchange";

    /// Every exchange of the fleet.
    public static final List<String> ALL = List.of(
            IMU,
            TELEMETRY,
            STREAM_EVENTS,
            PROCESSED_FRAMES,
            API_RESULTS,
            SLAM_RESULTS,
            RECORDING_EVENTS,
            PTZ_EVENTS,
            ALERTS,
            RESTART);

    /// The services that take streams from a work queue.
    public static final List<String> STREAM_WORKERS =
            List.of("frame-processor", "slam-service", "storage-service", "ptz-service");

    private Exchanges() {}

    /// The durable queue in which each active stream is one message for `service`.
    public static String workQueue(String service) {
        return service + ".streams";
    }
}
