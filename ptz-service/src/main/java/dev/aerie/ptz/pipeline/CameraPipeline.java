package dev.aerie.ptz.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.tracks.DetectorChoice;
import dev.aerie.ptz.tracks.FrameTracks;
import dev.aerie.ptz.tracks.RecentTracks;
import dev.aerie.rtsp.FrameRateLimiter;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tracks what one camera's frames show. All on the stream's own thread, except for what readers are given.
final class CameraPipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CameraPipeline.class);

    private final SteeredCamera camera;
    private final Optional<FrameTracks> tracks;
    private final double detectFps;
    private final FrameRateLimiter rate = new FrameRateLimiter();
    private final RecentTracks recent = new RecentTracks();
    private final AtomicLong detected = new AtomicLong();
    private volatile int tracked;
    private volatile String trouble = "";

    private CameraPipeline(SteeredCamera camera, Optional<FrameTracks> tracks, double detectFps) {
        this.camera = camera;
        this.tracks = tracks;
        this.detectFps = detectFps;
    }

    static CameraPipeline open(SteeredCamera camera, PtzContext ptzContext) throws ModelException {
        boolean isMotion = ptzContext.detectors().name().equals(DetectorChoice.MOTION);
        Optional<Detector> detector = ptzContext.detectors().open();
        return new CameraPipeline(camera, detector.map(one -> new FrameTracks(one, isMotion)), ptzContext.detectFps());
    }

    /// Takes the next frame, lent for the call.
    void accept(VideoFrame frame) {
        if (tracks.isEmpty() || !rate.accepts(frame.stamp().captureTimeNanos(), detectFps)) {
            return;
        }
        try {
            List<BoxTrack> now = tracks.get().track(frame);
            var id = frame.stamp().id();
            recent.remember(id.session(), id.frameNumber(), now);
            detected.incrementAndGet();
            tracked = now.size();
            trouble = "";
        } catch (ModelException e) {
            if (trouble.isEmpty()) {
                LOG.error("frame not processed stream={} cause={}", camera.stream(), e.getMessage(), e);
            }
            trouble = "the detector fails: " + e.getMessage();
        }
    }

    /// No frame comes.
    void onIdle() {}

    void add(FrameResult result) {
        recent.add(result);
    }

    PipelineCounts counts() {
        return new PipelineCounts(detected.get(), tracked, recent.joined());
    }

    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        tracks.ifPresent(FrameTracks::close);
    }
}
