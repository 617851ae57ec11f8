package dev.aerie.slam.output;

import dev.aerie.files.PrivateFolder;
import dev.aerie.files.WholeFile;
import dev.aerie.messages.FrameId;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.trajectory.KittiFile;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.slam.trajectory.TumFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files of one session: `<stream>/<session>/keyframe_<frame>.jpg` with `pose_<frame>.npy`, the frame number in six
/// digits so that names sort, and at its end the trajectory and the map.
///
/// Each file appears whole: it is written beside its name and moved there.
public record SessionFolder(Path path) {

    /// Under `storage`/slam; creates nothing yet. Throws [IllegalArgumentException] for names that would lie elsewhere.
    public static SessionFolder of(Path storage, String stream, String session) {
        return new SessionFolder(
                root(storage).resolve(FrameId.requireStreamName(stream)).resolve(FrameId.requireSession(session)));
    }

    /// Where it is kept how old the files are; no stream can have this name.
    public static Path ages(Path storage) {
        return root(storage).resolve(".aerie-time");
    }

    /// Where the folders of all streams are.
    static Path root(Path storage) {
        return storage.resolve("slam");
    }

    public void writeKeyframe(FramePose pose, byte[] jpeg) throws IOException {
        write(keyframe(pose.frameNumber()), jpeg);
        writePose(pose);
    }

    /// The frame of a keyframe, where it was saved.
    public Optional<Path> frame(long frameNumber) {
        return Optional.of(path.resolve(keyframe(frameNumber))).filter(Files::isRegularFile);
    }

    /// Writes what is known in the end: `trajectory.tum`, `trajectory.kitti`, `map.ply`, and the poses of the
    /// keyframes as they are after the last correction.
    public void conclude(List<FramePose> trajectory, MapView map, String unit) throws IOException {
        var timed = trajectoryOf(trajectory);
        write("trajectory.tum", TumFile.text(timed).getBytes(StandardCharsets.UTF_8));
        write("trajectory.kitti", KittiFile.text(timed).getBytes(StandardCharsets.UTF_8));
        write("map.ply", PlyFile.of(map.points(), unit));
        for (var pose : trajectory) {
            if (frame(pose.frameNumber()).isPresent()) {
                writePose(pose);
            }
        }
    }

    /// Writes what dense mapping has found: `dense.ply`.
    public void writeSurfaces(DenseCloud surfaces, String unit) throws IOException {
        write("dense.ply", PlyFile.of(surfaces, unit));
    }

    /// Poses at their capture times.
    public static Trajectory trajectoryOf(List<FramePose> poses) {
        return new Trajectory(poses.stream()
                .map(pose -> new TimedPose(pose.captureTimeNanos() / 1e9, pose.worldFromCamera()))
                .toList());
    }

    private static String keyframe(long frameNumber) {
        return "keyframe_%06d.jpg".formatted(frameNumber);
    }

    private void writePose(FramePose pose) throws IOException {
        write("pose_%06d.npy".formatted(pose.frameNumber()), NpyMatrix.of(pose.worldFromCamera()));
    }

    private void write(String name, byte[] content) throws IOException {
        var _ = PrivateFolder.create(path);
        WholeFile.write(path.resolve(name), content);
    }
}
