package dev.aerie.ptz.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.follow.CameraClock;
import dev.aerie.ptz.follow.SeenFrame;
import dev.aerie.ptz.follow.SeenMotion;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.identity.TrackIdentities;
import dev.aerie.ptz.measure.Calibrations;
import dev.aerie.ptz.neighbours.SiteHandoffs;
import dev.aerie.ptz.tracks.ClickedObject;
import dev.aerie.ptz.tracks.DetectorChoice;
import dev.aerie.ptz.tracks.FrameFlow;
import dev.aerie.ptz.tracks.FrameTracks;
import dev.aerie.ptz.tracks.RecentTracks;
import dev.aerie.ptz.tracks.Refinement;
import dev.aerie.rtsp.FrameRateLimiter;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.onnx.ModelException;
import java.time.InstantSource;
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
    private final Calibrations calibrations;
    private final FrameFlow flow = new FrameFlow();
    private final CameraClock clock = new CameraClock();
    private final TrackIdentities identities;
    private final Optional<FrameTracks> tracks;
    private final Optional<ClickedObject> clicked;
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
        this.calibrations = ptzContext.calibrations();
        this.identities = identities;
        this.tracks = tracks;
        this.clicked = ptzContext.clicks().open();
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
        String camera = steering.camera().name();
        calibrations.sees(camera, frame.size().widthPixels());
        if (calibrations.running(camera).isPresent()) {
            calibrate(camera, frame);
        }
        boolean isClicked = clicked.isPresent() && clicked.get().notice(steering.mode());
        boolean isDue =
                tracks.isPresent() && (isClicked || rate.accepts(frame.stamp().captureTimeNanos(), detectFps));
        if (!isDue && !isClicked && clicked.filter(ClickedObject::isFollowing).isEmpty()) {
            return;
        }
        try {
            List<AimTrack> detections = isDue ? detect(frame) : List.of();
            List<AimTrack> all = clicked.isPresent() ? clicked.get().join(frame, detections) : detections;
            steer(frame, all, isDue ? tracks.flatMap(FrameTracks::motion) : Optional.empty());
            if (isDue) {
                identities.look(frame, detections, steering.target());
            }
            trouble = "";
        } catch (ModelException e) {
            if (trouble.isEmpty()) {
                LOG.error("frame not processed stream={} cause={}", steering.camera().stream(), e.getMessage(), e);
            }
            trouble = "the detector fails: " + e.getMessage();
        }
    }

    private void calibrate(String camera, VideoFrame frame) {
        long age = System.nanoTime() - (frame.decodedAtNanos() - frame.decodeNanos());
        long arrived = unixNanos() - age;
        flow.measure(frame)
                .ifPresent(vectors -> calibrations.observe(
                        camera, clock.captured(frame.stamp().captureTimeNanos(), arrived), vectors));
    }

    private static long unixNanos() {
        var now = InstantSource.system().instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private List<AimTrack> detect(VideoFrame frame) throws ModelException {
        List<BoxTrack> now = tracks.orElseThrow().track(frame);
        var id = frame.stamp().id();
        recent.remember(id.session(), id.frameNumber(), now);
        detected.incrementAndGet();
        tracked = now.size();
        return now.stream().map(this::aimTrack).toList();
    }

    private void steer(VideoFrame frame, List<AimTrack> aimed, Optional<SeenMotion> motion) {
        steering.see(new SeenFrame(
                        frame.stamp(), frame.size(), frame.decodedAtNanos() - frame.decodeNanos(), aimed, motion))
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
        clicked.ifPresent(ClickedObject::close);
        identities.close();
        flow.close();
    }
}
