package dev.aerie.simulator.truth;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Scene;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A folder with a scene's frames and their ground truth, written frame by frame; `docs/simulator.md` gives the
/// layout.
///
/// Owns the open text files.
public final class TruthFiles implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final Content content;
    private final Scene scene;
    private final double framesPerSecond;
    private final ImuSampler imu;
    private final BufferedWriter times;
    private final BufferedWriter tum;
    private final BufferedWriter kitti;
    private final BufferedWriter tracks;
    private final BufferedWriter objects;
    private final BufferedWriter inertial;
    private long nextFrame;
    private long nextSample;

    /// What is written.
    public enum Content {
        ALL,
        /// Only the input and the reference of a SLAM evaluation: frames, calibration, times, poses, inertial
        /// samples.
        SLAM
    }

    /// Creates the folder if necessary and opens its files; throws [IOException] if they cannot be written.
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the fields own the files, close() gives them back
    public TruthFiles(
            Path folder, Content content, Scene scene, CameraIntrinsics camera, double framesPerSecond, ImuSampler imu)
            throws IOException {
        this.folder = folder;
        this.content = content;
        this.scene = scene;
        this.framesPerSecond = framesPerSecond;
        this.imu = imu;
        for (String name : content == Content.ALL ? List.of("frames", "masks", "depth") : List.of("frames")) {
            Files.createDirectories(folder.resolve(name));
        }
        writeCamera(camera);
        this.times = open("times.txt");
        this.tum = open("groundtruth.txt");
        this.kitti = open("poses.txt");
        this.tracks = content == Content.ALL ? open("gt.txt") : nowhere();
        this.objects = content == Content.ALL ? open("objects.jsonl") : nowhere();
        this.inertial = open("imu.csv");
        tum.write("# timestamp tx ty tz qx qy qz qw\n");
        inertial.write("timestamp_ns,wx_rad_s,wy_rad_s,wz_rad_s,ax_m_s2,ay_m_s2,az_m_s2\n");
    }

    /// Adds the last frame of `renderer`.
    public void add(Renderer renderer) throws IOException {
        double seconds = nextFrame / framesPerSecond;
        String name = String.format(Locale.ROOT, "%06d.png", nextFrame);
        Images.writeFrame(renderer.frame(), folder.resolve("frames").resolve(name));
        times.write(String.format(Locale.ROOT, "%.9f\n", seconds));
        var pose = scene.trajectory().worldFromCamera(seconds);
        tum.write(PoseText.tum(seconds, pose) + "\n");
        kitti.write(PoseText.kitti(pose) + "\n");
        writeInertialUntil(seconds);
        if (content == Content.ALL) {
            Images.writeMask(renderer.visibility(), folder.resolve("masks").resolve(name));
            Images.writeDepth(renderer.visibility(), folder.resolve("depth").resolve(name));
            writeObjects(renderer, seconds);
        }
        nextFrame++;
    }

    private void writeObjects(Renderer renderer, double seconds) throws IOException {
        var line = JSON.createObjectNode();
        line.put("frame", nextFrame).put("seconds", seconds);
        var list = line.putArray("objects");
        for (var object : VisibleObject.in(renderer.visibility(), scene.world().bodies())) {
            var box = object.box();
            var entry = list.addObject().put("id", object.id()).put("label", object.label());
            entry.putArray("bbox")
                    .add(box.leftPixels())
                    .add(box.topPixels())
                    .add(box.widthPixels())
                    .add(box.heightPixels());
            entry.put("area", object.visiblePixels());
            tracks.write(String.format(
                    Locale.ROOT,
                    "%d,%d,%.0f,%.0f,%.0f,%.0f,1,1,1\n",
                    nextFrame + 1,
                    object.id(),
                    box.leftPixels(),
                    box.topPixels(),
                    box.widthPixels(),
                    box.heightPixels()));
        }
        objects.write(JSON.writeValueAsString(line) + "\n");
    }

    private void writeInertialUntil(double seconds) throws IOException {
        while ((double) nextSample / ImuSampler.SAMPLES_PER_SECOND <= seconds) {
            var sample = imu.sample(nextSample++);
            var w = sample.angularVelocity();
            var a = sample.specificForce();
            inertial.write(String.format(
                    Locale.ROOT,
                    "%d,%.9f,%.9f,%.9f,%.9f,%.9f,%.9f\n",
                    Math.round(sample.seconds() * 1e9),
                    w.x(),
                    w.y(),
                    w.z(),
                    a.x(),
                    a.y(),
                    a.z()));
        }
    }

    private void writeCamera(CameraIntrinsics camera) throws IOException {
        var json = JSON.createObjectNode()
                .put("width", camera.size().widthPixels())
                .put("height", camera.size().heightPixels())
                .put("fx", camera.focalXPixels())
                .put("fy", camera.focalYPixels())
                .put("cx", camera.centreXPixels())
                .put("cy", camera.centreYPixels())
                .put("fps", framesPerSecond);
        json.put("model", "pinhole")
                .putArray("distortion")
                .add(0)
                .add(0)
                .add(0)
                .add(0)
                .add(0);
        json.put("depth_units_per_metre", Images.DEPTH_UNITS_PER_METRE);
        json.put("imu_rate_hz", ImuSampler.SAMPLES_PER_SECOND).put("imu_frame", "FLU");
        Files.writeString(folder.resolve("camera.json"), json.toPrettyString() + "\n");
        Files.writeString(
                folder.resolve("calib.txt"),
                String.format(
                        Locale.ROOT,
                        "P0: %.9e 0 %.9e 0 0 %.9e %.9e 0 0 0 1 0\n",
                        camera.focalXPixels(),
                        camera.centreXPixels(),
                        camera.focalYPixels(),
                        camera.centreYPixels()));
    }

    @MustBeClosed
    private BufferedWriter open(String name) throws IOException {
        return Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8);
    }

    @MustBeClosed
    private static BufferedWriter nowhere() {
        return new BufferedWriter(Writer.nullWriter());
    }

    @Override
    public void close() throws IOException {
        try (times;
                tum;
                kitti;
                tracks;
                objects;
                inertial) {
            tum.flush();
        }
    }
}
