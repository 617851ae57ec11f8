package dev.aerie.cli.demo;

import dev.aerie.cli.host.ServiceApi;
import java.io.IOException;

/// What the services have counted since they started.
///
/// - `poses`: pictures whose camera SLAM has found
record ServiceCounts(long framesIn, long framesRelayed, long framesProcessed, long poses, long segments) {

    static ServiceCounts read(ServiceApi ingest, ServiceApi frames, ServiceApi slam, ServiceApi storage)
            throws IOException {
        return new ServiceCounts(
                (long) ingest.metric("aerie_frames_in_total").orElse(0),
                (long) ingest.metric("aerie_frames_relayed_total").orElse(0),
                (long) frames.metric("aerie_frame_infer_seconds_count").orElse(0),
                (long) slam.metric("aerie_slam_tracked_total").orElse(0),
                (long) storage.metric("aerie_segments_written_total").orElse(0));
    }
}
