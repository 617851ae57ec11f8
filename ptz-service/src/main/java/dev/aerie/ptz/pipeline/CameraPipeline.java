package dev.aerie.ptz.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.follow.SeenFrame;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.identity.TrackIdentities;
import dev.aerie.ptz.neighbours.SiteHandoffs;
import dev.aerie.ptz.tracks.DetectorChoice;
import dev.aerie.ptz.tracks.FrameTracks;
import dev.aerie.ptz.tracks.RecentTracks;
import dev.aerie.ptz.tracks.Refinement;
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

    private final Steering steering;
    private final SiteHandoffs handoffs;
    private final TrackIdentities identities;
    private final Optional<FrameTracks> tracks;
    private final double detectFps;
    private final FrameRateLimiter rate = new FrameRateLimiter();
    private final RecentTracks recent = new RecentTracks();
    private final AtomicLong detected = new AtomicLong();
    private volatile int tracked;
    private volatile String trouble = "";

    private CameraPipeline(
            Steering steering, PtzContext ptzContext, TrackIdentities identities, Optional<FrameTracks> tracks) {
        this.steering = steering;
        this.handoffs = ptzContext.handoffs();
        this.identities = identities;
        this.tracks = tracks;
        this.detectFps = ptzContext.detectFps();
    }

    static CameraPipeline open(Steering steering, PtzContext ptzContext) throws ModelException {
        boolean isMotion = ptzContext.detectors().name().equals(DetectorChoice.MOTION);
        Optional<Detector> detector = ptzContext.detectors().open();
        return new CameraPipeline(
                steering,
                ptzContext,
                ptzContext.identities().ofStream(),
                detector.map(one -> new FrameTracks(one, ptzContext.tracker().open(isMotion), isMotion)));
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
            List<AimTrack> aimed = now.stream().map(this::aimTrack).toList();
            steer(frame, aimed);
            identities.look(frame, aimed, steering.target());
            detected.incrementAndGet();
            tracked = now.size();
            trouble = "";
        } catch (ModelException e) {
            if (trouble.isEmpty()) {
                LOG.error("frame not processed stream={} cause={}", steering.camera().stream(), e.getMessage(), e);
            }
            trouble = "the detector fails: " + e.getMessage();
        }
    }

    private void steer(VideoFrame frame, List<AimTrack> aimed) {
        steering.see(new SeenFrame(frame.stamp(), frame.size(), frame.decodedAtNanos() - frame.decodeNanos(), aimed))
                .ifPresent(handoffs::report);
    }

    /// With what frame-processor knows better, and the gallery.
    private AimTrack aimTrack(BoxTrack track) {
        var known = recent.of(track.id());
        return new AimTrack(
                track.id(),
                known.map(Refinement::label).orElse(track.label()),
                track.score(),
                known.map(one -> one.tighten(track.box())).orElse(track.box()),
                track.state(),
                identities.of(track.id()));
    }

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
        identities.close();
    }
}
