package dev.aerie.cli.rerun;

import dev.aerie.geometry.Rotation;
import dev.aerie.messages.Alert;
import dev.aerie.messages.CameraPose;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Identification;
import dev.aerie.messages.Message;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.Transform;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.ObjectColour;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts frames and messages of one stream into a recording of Rerun. Used by one thread; the store is lent.
///
/// | entity | archetype |
/// | --- | --- |
/// | `/STREAM/video` | `VideoStream`, `AnnotationContext` (label and colour of each object) |
/// | `/STREAM/video/masks` | `SegmentationImage`: 1 + id modulo 255 |
/// | `/STREAM/video/objects` | `Boxes2D` |
/// | `/STREAM/video/tracks` | `LineStrips2D`: where the boxes' middles were |
/// | `/STREAM/map`, `…/map/camera` | `ViewCoordinates`; `Transform3D`, `Pinhole` where the field of view is known |
/// | `/STREAM/map/trajectory`, `…/map/points` | `LineStrips3D`; `Points3D` |
/// | `/STREAM/log` | `TextLog`: alerts, identifications, stream events, changes of tracking |
public final class RerunRecording {

    private static final int CLASSES = 255;
    private static final double STRAIGHT_DEGREES = 180;
    private static final int TRAIL_FRAMES = 50;
    private static final int MAX_ROWS = 64;
    private static final int MAX_BYTES = 4 << 20;
    private static final double MASK_OPACITY = 0.5;
    private static final double MAX_GAP_NANOS = 1e9;
    private static final int OPAQUE = 0xff;
    private static final int MATRIX = 9;

    /// Rerun's numbers for the directions of axes.
    private static final double[] RIGHT_FORWARD_UP = {3, 5, 1};

    private static final double[] RIGHT_DOWN_FORWARD = {3, 2, 5};
    private static final int U8 = 6;
    private static final long H264 = 0x61766331;
    private static final long H265 = 0x68657631;

    private final RerunStore store;
    private final String root;
    private final OptionalDouble fieldOfViewDegrees;
    private final Map<Long, ArrayDeque<double[]>> trails = new HashMap<>();
    private final Map<Integer, TrackedObject> classes = new TreeMap<>();
    private final List<List<double[]>> trajectory = new ArrayList<>();
    private VideoChunk video;
    private ObjectChunk objects;
    private MaskChunk masks;
    private TrackChunk tracks;
    private PoseChunk poses;
    private LogChunk log;
    private long lastPoseNanos = Long.MIN_VALUE;
    private String trackingState = "";
    private @Nullable FrameSize frameSize;
    private boolean hasVideo;
    private boolean hasMasks;
    private boolean hasMap;
    private boolean hasPinhole;
    private boolean hasNewPoses;
    private int mostPositions = Integer.MAX_VALUE;
    private int positions;

    /// A user's `--fov`. Throws [IllegalArgumentException] unless it is above 0 and below 180.
    public static OptionalDouble fieldOfView(Optional<Double> degrees) {
        if (degrees.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!(degrees.get() > 0 && degrees.get() < STRAIGHT_DEGREES)) {
            throw new IllegalArgumentException("--fov is above 0 and below 180 degrees");
        }
        return OptionalDouble.of(degrees.get());
    }

    /// - `fieldOfViewDegrees`: of the camera, from its left to its right edge
    public RerunRecording(RerunStore store, String stream, OptionalDouble fieldOfViewDegrees) {
        this.store = store;
        this.root = "/" + stream;
        this.fieldOfViewDegrees = fieldOfViewDegrees;
        this.video = new VideoChunk();
        this.objects = new ObjectChunk();
        this.masks = new MaskChunk();
        this.tracks = new TrackChunk();
        this.poses = new PoseChunk();
        this.log = new LogChunk();
    }

    /// Keeps so many of the newest positions of the trajectory, not all.
    public void keepPositions(int most) {
        mostPositions = most;
    }

    /// A frame as it was coded.
    public void add(AccessUnit unit, long frame, long captureNanos) throws IOException {
        if (!hasVideo) {
            hasVideo = true;
            var chunk = new Chunk(root + "/video");
            var codec = chunk.component(
                    "VideoStream", "codec", "VideoCodec", ArrowColumn.component(ArrowColumn.unsigned(Integer.BYTES)));
            codec.values().add(unit.codec() == VideoCodec.H265 ? H265 : H264);
            codec.end();
            chunk.staticRow();
            store.write(chunk);
        }
        byte[] bytes = new byte[unit.sizeBytes()];
        unit.annexB().get(bytes);
        video.samples.values().values().addAll(bytes);
        video.samples.values().end();
        video.samples.end();
        video.chunk.row(frame, captureNanos);
        video = writtenIfFull(video, VideoChunk::new);
    }

    /// A message of the bus; returns false for those that Rerun has nothing for.
    public boolean add(Message message) throws IOException {
        switch (message) {
            case FrameResult result -> addObjects(result);
            case CameraPose pose -> addPose(pose);
            case Alert alert -> {
                String text = alert.rule() + " " + lower(alert.event()) + ": " + alert.label() + " " + alert.objectId();
                addLog(alert.envelope(), "WARN", text);
            }
            case Identification found -> {
                if (!found.results().isEmpty()) {
                    addLog(
                            found.envelope(),
                            "INFO",
                            "object " + found.objectId() + " is "
                                    + found.results().getFirst().label());
                }
            }
            case StreamEvent event -> {
                String reason = event.reason() == null ? "" : ": " + event.reason();
                addLog(event.envelope(), "INFO", "stream " + lower(event.event()) + reason);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Points of the map, for all times.
    public void addPoints(PointCloud points) throws IOException {
        var chunk = new Chunk(root + "/map/points");
        var positions =
                chunk.component("Points3D", "positions", "Position3D", ArrowColumn.component(ArrowColumn.vectors(3)));
        for (int i = 0; i < points.count(); i++) {
            positions.values().add(points.x(i), points.y(i), points.z(i));
        }
        positions.end();
        if (points.hasColours()) {
            var colours = chunk.component("Points3D", "colors", "Color", colours());
            for (int i = 0; i < points.count(); i++) {
                colours.values().add((points.rgb(i) << Byte.SIZE | OPAQUE) & 0xffffffffL);
            }
            colours.end();
        }
        chunk.staticRow();
        store.write(chunk);
    }

    /// Writes what waits, and what is known only at the end.
    public void finish() throws IOException {
        flush();
        refresh();
    }

    /// Writes the rows that wait.
    public void flush() throws IOException {
        video = written(video, VideoChunk::new);
        objects = written(objects, ObjectChunk::new);
        masks = written(masks, MaskChunk::new);
        tracks = written(tracks, TrackChunk::new);
        poses = written(poses, PoseChunk::new);
        log = written(log, LogChunk::new);
    }

    /// Writes what holds for all times and has changed: the trajectory so far.
    public void refresh() throws IOException {
        if (hasNewPoses) {
            hasNewPoses = false;
            writeTrajectory();
        }
    }

    /// `rows`; where they are enough, writes them and gives new ones.
    private <R extends Rows> R writtenIfFull(R rows, Supplier<R> next) throws IOException {
        return rows.isFull() ? written(rows, next) : rows;
    }

    /// Writes `rows` where there are any, and gives new ones then.
    private <R extends Rows> R written(R rows, Supplier<R> next) throws IOException {
        if (rows.chunk.rows() == 0) {
            return rows;
        }
        store.write(rows.chunk);
        return next.get();
    }

    private void addObjects(FrameResult result) throws IOException {
        long frame = result.envelope().frameId().frameNumber();
        long nanos = Objects.requireNonNull(result.envelope().captureTimeNanos());
        boolean hasNewClasses = false;
        for (TrackedObject object : result.objects()) {
            TrackedObject before = classes.put(classOf(object), object);
            hasNewClasses |= before == null || !labelOf(before).equals(labelOf(object));
            var box = object.box();
            objects.halfSizes.values().add(box.widthPixels() / 2, box.heightPixels() / 2);
            double x = box.leftPixels() + box.widthPixels() / 2;
            double y = box.topPixels() + box.heightPixels() / 2;
            objects.centers.values().add(x, y);
            objects.colours.values().add(colourOf(object));
            objects.labels.values().add(labelOf(object));
            objects.classIds.values().add(classOf(object));
            var trail = trails.computeIfAbsent(object.id(), _ -> new ArrayDeque<>());
            trail.addLast(new double[] {x, y});
            if (trail.size() > TRAIL_FRAMES) {
                trail.removeFirst();
            }
        }
        if (hasNewClasses) {
            writeClasses(frame, nanos);
        }
        objects.end();
        objects.chunk.row(frame, nanos);
        objects = writtenIfFull(objects, ObjectChunk::new);
        addTracks(result, frame, nanos);
        addMasks(result, frame, nanos);
        frameSize = new FrameSize(result.widthPixels(), result.heightPixels());
        addPinhole();
    }

    private void addTracks(FrameResult result, long frame, long nanos) throws IOException {
        trails.keySet()
                .retainAll(result.objects().stream().map(TrackedObject::id).toList());
        for (TrackedObject object : result.objects()) {
            var strip = tracks.strips.values();
            Objects.requireNonNull(trails.get(object.id())).forEach(strip.values()::add);
            strip.end();
            tracks.colours.values().add(colourOf(object));
        }
        tracks.strips.end();
        tracks.colours.end();
        tracks.chunk.row(frame, nanos);
        tracks = writtenIfFull(tracks, TrackChunk::new);
    }

    private void addMasks(FrameResult result, long frame, long nanos) throws IOException {
        if (result.objects().stream().noneMatch(object -> object.mask() != null) && !hasMasks) {
            return;
        }
        if (!hasMasks) {
            hasMasks = true;
            var chunk = new Chunk(root + "/video/masks");
            var opacity = chunk.component(
                    "SegmentationImage", "opacity", "Opacity", ArrowColumn.component(ArrowColumn.floats()));
            opacity.values().add((float) MASK_OPACITY);
            opacity.end();
            chunk.staticRow();
            store.write(chunk);
        }
        int width = result.widthPixels();
        byte[] image = new byte[width * result.heightPixels()];
        for (TrackedObject object : result.objects()) {
            if (object.mask() != null
                    && object.mask().widthPixels() == width
                    && object.mask().heightPixels() == result.heightPixels()) {
                byte id = (byte) classOf(object);
                BinaryMask.of(object.mask())
                        .forEachRun((y, fromX, toX) -> Arrays.fill(image, y * width + fromX, y * width + toX, id));
            }
        }
        masks.add(image, width, result.heightPixels());
        masks.chunk.row(frame, nanos);
        masks = writtenIfFull(masks, MaskChunk::new);
    }

    private void addPose(CameraPose pose) throws IOException {
        Envelope envelope = pose.envelope();
        String state = lower(pose.trackingState());
        if (!state.equals(trackingState)) {
            trackingState = state;
            addLog(envelope, "INFO", "camera: " + state);
        }
        Transform transform = pose.worldFromCamera();
        if (transform == null) {
            return;
        }
        if (!hasMap) {
            hasMap = true;
            boolean metric = pose.scale() == CameraPose.Scale.METRIC;
            writeAxes(root + "/map", metric ? RIGHT_FORWARD_UP : RIGHT_DOWN_FORWARD);
            addPinhole();
        }
        long nanos = Objects.requireNonNull(envelope.captureTimeNanos());
        double[] position = {transform.at(0, 3), transform.at(1, 3), transform.at(2, 3)};
        double[] r = new double[MATRIX];
        for (int i = 0; i < MATRIX; i++) {
            r[i] = transform.at(i / 3, i % 3);
        }
        var rotation = new Rotation(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]).toQuaternion();
        poses.translations.values().add(position);
        poses.translations.end();
        poses.rotations.values().add(rotation.x(), rotation.y(), rotation.z(), rotation.w());
        poses.rotations.end();
        poses.chunk.row(envelope.frameId().frameNumber(), nanos);
        poses = writtenIfFull(poses, PoseChunk::new);
        if (trajectory.isEmpty() || nanos - lastPoseNanos > MAX_GAP_NANOS) {
            trajectory.add(new ArrayList<>());
        }
        trajectory.getLast().add(position);
        if (++positions > mostPositions) {
            forgetOldestPosition();
        }
        lastPoseNanos = nanos;
        hasNewPoses = true;
    }

    private void forgetOldestPosition() {
        positions--;
        trajectory.getFirst().removeFirst();
        if (trajectory.getFirst().isEmpty()) {
            trajectory.removeFirst();
        }
    }

    /// Once there are a pose and the size of frames.
    private void addPinhole() throws IOException {
        FrameSize size = frameSize;
        if (hasPinhole || !hasMap || size == null || fieldOfViewDegrees.isEmpty()) {
            return;
        }
        hasPinhole = true;
        int widthPixels = size.widthPixels();
        int heightPixels = size.heightPixels();
        double focal = widthPixels / 2.0 / Math.tan(Math.toRadians(fieldOfViewDegrees.getAsDouble()) / 2);
        var chunk = new Chunk(root + "/map/camera");
        var projection = chunk.component(
                "Pinhole",
                "image_from_camera",
                "PinholeProjection",
                ArrowColumn.component(ArrowColumn.vectors(MATRIX)));
        projection.values().add(focal, 0, 0, 0, focal, 0, widthPixels / 2.0, heightPixels / 2.0, 1);
        projection.end();
        var resolution =
                chunk.component("Pinhole", "resolution", "Resolution", ArrowColumn.component(ArrowColumn.vectors(2)));
        resolution.values().add(widthPixels, heightPixels);
        resolution.end();
        var axes = chunk.component(
                "Pinhole", "camera_xyz", "ViewCoordinates", ArrowColumn.component(ArrowColumn.byteVectors(3)));
        axes.values().add(RIGHT_DOWN_FORWARD);
        axes.end();
        chunk.staticRow();
        store.write(chunk);
    }

    private void writeAxes(String entity, double[] axes) throws IOException {
        var chunk = new Chunk(entity);
        var xyz = chunk.component(
                "ViewCoordinates", "xyz", "ViewCoordinates", ArrowColumn.component(ArrowColumn.byteVectors(3)));
        xyz.values().add(axes);
        xyz.end();
        chunk.staticRow();
        store.write(chunk);
    }

    private void addLog(Envelope envelope, String level, String text) throws IOException {
        log.texts.values().add(text);
        log.texts.end();
        log.levels.values().add(level);
        log.levels.end();
        log.chunk.row(envelope.frameId().frameNumber(), Objects.requireNonNull(envelope.captureTimeNanos()));
        log = writtenIfFull(log, LogChunk::new);
    }

    private void writeTrajectory() throws IOException {
        if (trajectory.isEmpty()) {
            return;
        }
        var chunk = new Chunk(root + "/map/trajectory");
        var strips = chunk.component(
                "LineStrips3D",
                "strips",
                "LineStrip3D",
                ArrowColumn.component(ArrowColumn.lists(ArrowColumn.vectors(3))));
        for (List<double[]> part : trajectory) {
            part.forEach(strips.values().values()::add);
            strips.values().end();
        }
        strips.end();
        chunk.staticRow();
        store.write(chunk);
    }

    /// Label and colour of each object, by the number that stands for it in the masks, from this frame on. Not for all
    /// times: Rerun 0.33 forgets that there is such a thing where one for all times replaces another.
    private void writeClasses(long frame, long nanos) throws IOException {
        var ids = ArrowColumn.unsigned(Short.BYTES);
        var info = new AnnotationColumns();
        var keypoints = ArrowColumn.lists(new AnnotationColumns().column);
        var connections = ArrowColumn.lists(ArrowColumn.structs(
                columns("keypoint0", ArrowColumn.unsigned(Short.BYTES), "keypoint1", ArrowColumn.unsigned(Short.BYTES)),
                Set.of()));
        ids.add(0);
        info.add(0, "", 0); // where no object is: nothing is painted
        classes.forEach((id, object) -> {
            ids.add(id);
            info.add(id, labelOf(object), colourOf(object));
        });
        for (int i = 0; i < ids.length(); i++) {
            keypoints.end();
            connections.end();
        }
        var description = columns("info", info.column, "keypoint_annotations", keypoints);
        description.put("keypoint_connections", connections);
        var map = ArrowColumn.lists(ArrowColumn.structs(
                columns("class_id", ids, "class_description", ArrowColumn.structs(description, Set.of())), Set.of()));
        map.end();
        var chunk = new Chunk(root + "/video");
        chunk.component("AnnotationContext", "context", "AnnotationContext", ArrowColumn.component(map))
                .end();
        chunk.row(frame, nanos);
        chunk.keep();
        store.write(chunk);
    }

    private static SequencedMap<String, ArrowColumn> columns(
            String one, ArrowColumn first, String other, ArrowColumn second) {
        var columns = new LinkedHashMap<String, ArrowColumn>();
        columns.put(one, first);
        columns.put(other, second);
        return columns;
    }

    private static String labelOf(TrackedObject object) {
        return object.label() + " " + object.id();
    }

    private static int classOf(TrackedObject object) {
        return 1 + (int) (object.id() % CLASSES);
    }

    private static long colourOf(TrackedObject object) {
        var colour = ObjectColour.of(object.id());
        return ((long) colour.red() << 24) | (colour.green() << 16) | (colour.blue() << 8) | OPAQUE;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ArrowColumn.Lists<ArrowColumn.Numbers> colours() {
        return ArrowColumn.component(ArrowColumn.unsigned(Integer.BYTES));
    }

    private static final class AnnotationColumns {

        private final ArrowColumn.Numbers ids = ArrowColumn.unsigned(Short.BYTES);
        private final ArrowColumn.Texts labels = ArrowColumn.texts();
        private final ArrowColumn.Numbers colours = ArrowColumn.unsigned(Integer.BYTES);
        private final ArrowColumn.Structs column;

        AnnotationColumns() {
            var columns = columns("id", ids, "label", labels);
            columns.put("color", colours);
            column = ArrowColumn.structs(columns, Set.of("label", "color"));
        }

        void add(long id, String label, long colour) {
            ids.add(id);
            labels.add(label);
            colours.add(colour);
        }
    }

    /// Rows of one entity that wait to be written together.
    private abstract static class Rows {

        final Chunk chunk;

        Rows(String entity) {
            chunk = new Chunk(entity);
        }

        /// Whether they are enough to be written.
        boolean isFull() {
            return chunk.rows() >= MAX_ROWS;
        }
    }

    private final class VideoChunk extends Rows {
        private final ArrowColumn.Lists<ArrowColumn.Lists<ArrowColumn.Numbers>> samples = chunk.component(
                "VideoStream",
                "sample",
                "VideoSample",
                ArrowColumn.component(ArrowColumn.lists(ArrowColumn.unsigned(Byte.BYTES))));

        VideoChunk() {
            super(root + "/video");
        }

        @Override
        boolean isFull() {
            return super.isFull() || samples.values().values().length() >= MAX_BYTES;
        }
    }

    private final class ObjectChunk extends Rows {
        private final ArrowColumn.Lists<ArrowColumn.Vectors> halfSizes =
                chunk.component("Boxes2D", "half_sizes", "HalfSize2D", ArrowColumn.component(ArrowColumn.vectors(2)));
        private final ArrowColumn.Lists<ArrowColumn.Vectors> centers =
                chunk.component("Boxes2D", "centers", "Position2D", ArrowColumn.component(ArrowColumn.vectors(2)));
        private final ArrowColumn.Lists<ArrowColumn.Numbers> colours =
                chunk.component("Boxes2D", "colors", "Color", colours());
        private final ArrowColumn.Lists<ArrowColumn.Texts> labels =
                chunk.component("Boxes2D", "labels", "Text", ArrowColumn.component(ArrowColumn.texts()));
        private final ArrowColumn.Lists<ArrowColumn.Numbers> classIds = chunk.component(
                "Boxes2D", "class_ids", "ClassId", ArrowColumn.component(ArrowColumn.unsigned(Short.BYTES)));

        ObjectChunk() {
            super(root + "/video/objects");
        }

        void end() {
            halfSizes.end();
            centers.end();
            colours.end();
            labels.end();
            classIds.end();
        }
    }

    private final class TrackChunk extends Rows {
        private final ArrowColumn.Lists<ArrowColumn.Lists<ArrowColumn.Vectors>> strips = chunk.component(
                "LineStrips2D",
                "strips",
                "LineStrip2D",
                ArrowColumn.component(ArrowColumn.lists(ArrowColumn.vectors(2))));
        private final ArrowColumn.Lists<ArrowColumn.Numbers> colours =
                chunk.component("LineStrips2D", "colors", "Color", colours());

        TrackChunk() {
            super(root + "/video/tracks");
        }
    }

    private final class MaskChunk extends Rows {
        private final ArrowColumn.Lists<ArrowColumn.Lists<ArrowColumn.Numbers>> buffers = chunk.component(
                "SegmentationImage",
                "buffer",
                "ImageBuffer",
                ArrowColumn.component(ArrowColumn.lists(ArrowColumn.unsigned(Byte.BYTES))));
        private final ArrowColumn.Numbers widths = ArrowColumn.unsigned(Integer.BYTES);
        private final ArrowColumn.Numbers heights = ArrowColumn.unsigned(Integer.BYTES);
        private final ArrowColumn.Nulls pixelFormats = ArrowColumn.nulls();
        private final ArrowColumn.Nulls colourModels = ArrowColumn.nulls();
        private final ArrowColumn.Numbers types = ArrowColumn.unsigned(Byte.BYTES);
        private final ArrowColumn.Lists<ArrowColumn.Structs> formats;

        MaskChunk() {
            super(root + "/video/masks");
            var columns = columns("width", widths, "height", heights);
            columns.put("pixel_format", pixelFormats);
            columns.put("color_model", colourModels);
            columns.put("channel_datatype", types);
            var struct = ArrowColumn.structs(columns, Set.of("pixel_format", "color_model", "channel_datatype"));
            formats = chunk.component("SegmentationImage", "format", "ImageFormat", ArrowColumn.component(struct));
        }

        @Override
        boolean isFull() {
            return buffers.values().values().length() >= MAX_BYTES;
        }

        void add(byte[] image, int width, int height) {
            buffers.values().values().addAll(image);
            buffers.values().end();
            buffers.end();
            widths.add(width);
            heights.add(height);
            pixelFormats.add();
            colourModels.add();
            types.add(U8);
            formats.end();
        }
    }

    private final class PoseChunk extends Rows {
        private final ArrowColumn.Lists<ArrowColumn.Vectors> translations = chunk.component(
                "Transform3D", "translation", "Translation3D", ArrowColumn.component(ArrowColumn.vectors(3)));
        private final ArrowColumn.Lists<ArrowColumn.Vectors> rotations = chunk.component(
                "Transform3D", "quaternion", "RotationQuat", ArrowColumn.component(ArrowColumn.vectors(4)));

        PoseChunk() {
            super(root + "/map/camera");
        }
    }

    private final class LogChunk extends Rows {
        private final ArrowColumn.Lists<ArrowColumn.Texts> texts =
                chunk.component("TextLog", "text", "Text", ArrowColumn.component(ArrowColumn.texts()));
        private final ArrowColumn.Lists<ArrowColumn.Texts> levels =
                chunk.component("TextLog", "level", "TextLogLevel", ArrowColumn.component(ArrowColumn.texts()));

        LogChunk() {
            super(root + "/log");
        }
    }
}
