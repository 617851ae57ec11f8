package dev.aerie.evaluation.slam;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.messages.Mask;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.image.RadialLens;
import dev.aerie.simulator.image.RgbImage;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.render.Visibility;
import dev.aerie.simulator.truth.VisibleObject;
import dev.aerie.simulator.world.Scene;
import dev.aerie.slam.camera.RadialTangentialCamera;
import dev.aerie.slam.geometry.CameraModel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// The camera of a simulated flight: draws its frames, with what lens and shutter do to them, and knows what they show.
///
/// Used by one thread.
final class FlightCamera {

    /// An object of fewer pixels is none that a tracker would report.
    private static final int MIN_OBJECT_PIXELS = 100;

    private final CameraIntrinsics intrinsics;
    private final CameraModel model;
    private final Optional<RadialLens> lens;
    private final Scene scene;
    private final Renderer renderer;
    private final RgbImage image;

    /// Builds the scene, which takes a second.
    FlightCamera(SimulatedSequence flight) {
        intrinsics = CameraIntrinsics.of(flight.size());
        var pinhole = SimulatedSequence.pinhole(intrinsics);
        lens = flight.distortion().map(bent -> new RadialLens(intrinsics, bent.k1(), bent.k2()));
        model = flight.distortion()
                .<CameraModel>map(bent -> new RadialTangentialCamera(pinhole, bent.k1(), bent.k2(), 0, 0, 0))
                .orElse(pinhole);
        var drawn = lens.map(RadialLens::pinhole).orElse(intrinsics);
        renderer = new Renderer(drawn);
        image = new RgbImage(flight.size());
        // A row takes as long whatever the number of rows; a lens moves rows a little, which the timing does not know.
        double rows = (double) drawn.size().heightPixels() / flight.size().heightPixels();
        var lit = flight.scenario().scene(flight.seed());
        scene = flight.darkness()
                .map(dark -> lit.withDarkness(dark.fromSeconds(), dark.untilSeconds()))
                .orElse(lit)
                .withShutter(flight.shutterSeconds())
                .withRollingShutter(rows * flight.readoutSeconds());
    }

    Scene scene() {
        return scene;
    }

    CameraModel model() {
        return model;
    }

    ImageSequence.Frame frame(double seconds) {
        return new ImageSequence.Frame() {
            @Override
            @MustBeClosed
            @SuppressWarnings("MustBeClosedChecker") // whoever reads it closes it
            public Mat read() {
                var size = intrinsics.size();
                var grey = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1);
                draw(seconds, grey.<ByteBuffer>createBuffer());
                return grey;
            }

            @Override
            public List<TrackedObject> objects() {
                return visibleObjects();
            }
        };
    }

    private void draw(double seconds, ByteBuffer grey) {
        renderer.render(scene, seconds);
        if (lens.isPresent()) {
            lens.get().bend(renderer.frame(), image);
            image.copyAsGrey(grey);
        } else {
            renderer.frame().copyAsGrey(grey);
        }
    }

    /// People and cars of the frame drawn last, with their true masks; none with a lens, which bends the frame but not
    /// the masks.
    private List<TrackedObject> visibleObjects() {
        if (lens.isPresent()) {
            return List.of();
        }
        return VisibleObject.in(renderer.visibility(), scene.world().bodies()).stream()
                .filter(object -> object.visiblePixels() >= MIN_OBJECT_PIXELS)
                .map(object -> new TrackedObject(
                        object.id(),
                        object.label(),
                        1,
                        object.box(),
                        TrackState.CONFIRMED,
                        1,
                        null,
                        object.visiblePixels(),
                        mask(renderer.visibility(), object.id()),
                        null))
                .toList();
    }

    private static Mask mask(Visibility visibility, int object) {
        var size = visibility.size();
        return Mask.encode(
                size.heightPixels(),
                size.widthPixels(),
                (x, y) -> visibility.objectIdAt(y * size.widthPixels() + x) == object);
    }
}
