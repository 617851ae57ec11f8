package dev.aerie.slam;

import dev.aerie.service.config.BackpressureConfig;
import dev.aerie.service.config.DecodingConfig;
import dev.aerie.service.config.InferenceConfig;
import dev.aerie.service.config.Variable;
import dev.aerie.service.consumer.ConsumerConfig;
import dev.aerie.vision.onnx.InferenceDevice;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The environment variables of the slam-service; the table in docs/configuration.md is made from it.
@ConfigMapping(prefix = "slam")
@RegisterForReflection
interface SlamConfig {

    /// What makes surfaces from keyframes.
    enum Dense {
        NONE,
        SWEEP,
        SLAM3R
    }

    @WithParentName
    ConsumerConfig consumer();

    @WithParentName
    BackpressureConfig backpressure();

    @WithParentName
    DecodingConfig decoding();

    @WithDefault("${API_PORT:5003}")
    @Variable(value = "HTTP port; 0 for a free one", min = 0, max = 65_535)
    int apiPort();

    @WithDefault("${SLAM_SERVICE_CAPACITY:2}")
    @Variable(value = "streams that this replica processes at the same time", unit = "streams", min = 1, max = 64)
    int capacity();

    @WithDefault("${SLAM_FRAME_SKIP:1}")
    @Variable(value = "process every Nth frame", unit = "frames", min = 1, max = 100)
    int frameSkip();

    @WithDefault("${MAX_FPS:240.0}")
    @Variable(value = "maximum processed frames per second of a stream", unit = "1/s", min = 0.1, max = 240)
    double maxFps();

    @WithDefault("${CAMERA_CONFIG:}")
    @Variable(
            value = "camera calibration: one file for all streams, a folder with `<stream>.yaml`, or a"
                    + " camera_settings.json; empty estimates it from CAMERA_HFOV",
            exists = true,
            allowed = "a file or folder that is there")
    Optional<Path> cameraConfig();

    @WithDefault("${CAMERA_HFOV:70}")
    @Variable(value = "horizontal field of view of a camera without calibration", unit = "°", min = 10, max = 140)
    double fieldOfViewDegrees();

    @WithDefault("${SLAM_DENSE:none}")
    @Variable("dense mapping: `sweep` matches keyframes with each other on the CPU; `slam3r` predicts points of them by"
            + " SLAM3R's networks, whose weights must be installed (licence: non-commercial use only)")
    Dense dense();

    @WithParentName
    InferenceConfig inference();

    @WithDefault("${GPU_MEMORY_LIMIT_MB:8192}")
    @Variable(
            value = "GPU memory limit of all models together, divided among them",
            unit = "2^20 bytes",
            min = InferenceDevice.MIN_GPU_MEBIBYTES,
            max = 1 << 20)
    int gpuMemoryLimitMb();

    @WithDefault("${STORAGE_PATH:}")
    @Variable("folder whose subfolder `slam` holds keyframes, trajectories and maps; empty for `~/.aerie`")
    Optional<Path> storagePath();

    @WithDefault("${SLAM_MASK_LABELS:moving,person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,bird,cat,dog,"
            + "horse,sheep,cow,elephant,bear,zebra,giraffe}")
    @Variable(
            value = "labels of objects of processed_frames_exchange that may move: no landmarks are made of what their"
                    + " masks or boxes cover; empty for none",
            allowed = "words, several with commas")
    Optional<List<String>> maskLabels();

    @WithDefault("${SLAM_RING_PATH:}")
    @Variable("folder of the ring buffers of poses; empty for `/dev/shm`, else STORAGE_PATH")
    Optional<Path> ringPath();

    @WithDefault("${SLAM_RETENTION_DAYS:30}d")
    @Variable(
            value = "how long the files of an ended session are kept; 0 for ever",
            unit = "days",
            min = 0,
            max = 36_500)
    Duration retentionDays();

    @WithDefault("${SLAM_RETENTION_SIZE:10240}")
    @Variable(
            value = "maximum size of the files of all sessions; the oldest sessions are removed first; 0 for no limit",
            unit = "MiB",
            min = 0,
            max = 1 << 30)
    long retentionSize();
}
