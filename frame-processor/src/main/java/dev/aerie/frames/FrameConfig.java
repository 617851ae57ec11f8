package dev.aerie.frames;

import dev.aerie.service.config.BackpressureConfig;
import dev.aerie.service.config.DecodingConfig;
import dev.aerie.service.config.InferenceConfig;
import dev.aerie.service.config.Variable;
import dev.aerie.service.consumer.ConsumerConfig;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.sam2.CorrectionRule;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The environment variables of the frame-processor; the table in docs/configuration.md is made from it.
@ConfigMapping(prefix = "frames")
@RegisterForReflection
interface FrameConfig {

    /// How objects are identified.
    enum IdentifyApi {
        OPENAI,
        WEBHOOK
    }

    @WithParentName
    ConsumerConfig consumer();

    @WithParentName
    BackpressureConfig backpressure();

    @WithParentName
    InferenceConfig inference();

    @WithParentName
    DecodingConfig decoding();

    @WithDefault("${API_PORT:5002}")
    @Variable(value = "HTTP port; 0 for a free one", min = 0, max = 65_535)
    int apiPort();

    @WithDefault("${FRAME_PROCESSOR_CAPACITY:4}")
    @Variable(value = "streams that this replica processes at the same time", unit = "streams", min = 1, max = 64)
    int capacity();

    @WithDefault("${RTSP_PUBLISH_USERNAME:}")
    @Variable("user name to publish annotated video; empty for none")
    Optional<String> rtspPublishUsername();

    @WithDefault("${RTSP_PUBLISH_PASSWORD:}")
    @Variable("password to publish annotated video")
    Optional<String> rtspPublishPassword();

    @WithDefault("${GPU_MEMORY_LIMIT_MB:8192}")
    @Variable(
            value = "GPU memory limit of all models together, divided among them",
            unit = "2^20 bytes",
            min = 1024,
            max = 1 << 20)
    int gpuMemoryLimitMb();

    @WithDefault("${VIDEO_TRACKER_TYPE:auto}")
    @Variable(
            value = "tracker: `sam2` and `bilateral` track masks, `mot` boxes; `auto` takes sam2 if its weights are"
                    + " installed, else bilateral",
            choices = {"auto", "sam2", "bilateral", "mot"},
            taking = {"sam2_video=auto", "yolo_track=mot"})
    String trackerType();

    @WithDefault("${SAM2_MODEL:auto}")
    @Variable(
            value = "model of tracker `sam2`; `auto` takes the lightest installed one",
            choices = {"auto", "edgetam", "sam2.1_tiny", "sam2.1_small", "sam2.1_base_plus", "sam2.1_large"},
            alsoCalled = "MODEL_ID",
            taking = {
                "sam2.1_hiera_tiny=sam2.1_tiny",
                "sam2.1_hiera_small=sam2.1_small",
                "sam2.1_hiera_base_plus=sam2.1_base_plus",
                "sam2.1_hiera_large=sam2.1_large"
            })
    String sam2Model();

    @WithDefault("${SAM2_SIZE:512}")
    @Variable(
            value = "input resolution of tracker `sam2`: side of the square, in pixels",
            choices = {"512", "1024"})
    int sam2Size();

    @WithDefault("${SAM2_PRECISION:fp32}")
    @Variable("inference precision of tracker `sam2`; `int8` is faster and slightly less accurate; CPU only")
    Precision sam2Precision();

    @WithDefault("${SAM2_MEMORY:selective}")
    @Variable(
            "frames that tracker `sam2` remembers: `selective` those whose mask is probably right, `all` every one, as"
                    + " the publishers' predictors do")
    MemoryPolicy sam2Memory();

    @WithDefault("${SAM2_CORRECTIONS:conditioning}")
    @Variable(
            "how tracker `sam2` remembers a frame in which a tracked object was prompted again: `conditioning` for good,"
                    + " `publisher` as any tracked frame, as the publishers' predictors do by default")
    CorrectionRule sam2Corrections();

    @WithDefault("${SAM2_VOS_OPTIMIZED:true}")
    @Variable("warm-up: run the tracker's networks once at the start, so that the first frame is not delayed")
    boolean vosOptimized();

    @WithDefault("${DETECTOR:auto}")
    @Variable(
            value = "detector: `motion_network` and `motion` find whatever moves, the first with a network that comes"
                    + " with Aerie, and yolox_nano or nanodet names it if it is installed; `grounding_dino`"
                    + " the classes that DETECT_CLASSES names, in any words, where it is installed; else a model of the manifest, or the path of an ONNX"
                    + " export of YOLOX, YOLOv8 and later (with or without masks), RT-DETR or D-FINE, relative to"
                    + " MODELS_DIR; `auto` takes"
                    + " yolox_nano or nanodet if it is installed, else motion_network",
            pattern = "auto|motion|motion_network|grounding_dino|yolox_nano|nanodet|.*\\.onnx",
            allowed = "auto, motion, motion_network, grounding_dino, yolox_nano, nanodet, or a path that ends in .onnx",
            alsoCalled = "MODEL_ID",
            taking = "coco/11=auto")
    String detector();

    @WithDefault("${DETECTOR_BATCH:1}")
    @Variable(
            value = "maximum frames of different streams in one run of the detector, where its model takes several;"
                    + " 1 for each by itself",
            unit = "frames",
            min = 1,
            max = 32)
    int detectorBatch();

    @WithDefault("${DETECTOR_BATCH_WAIT_MS:5}")
    @Variable(
            value = "time for which a frame waits for those of other streams, where DETECTOR_BATCH is more than 1",
            unit = "ms",
            min = 0,
            max = 1000)
    int detectorBatchWaitMs();

    @WithDefault("${DETECTOR_SIZE:640}")
    @Variable(
            value = "long side of the picture that a detector's model sees, in pixels, where the model takes any size:"
                    + " YOLOX on the CPU and by CUDA, exports with open height and width",
            choices = {"320", "416", "512", "640", "768", "960", "1280", "1600", "1920"})
    int detectorSize();

    @WithDefault("${DETECTOR_TILES:1}")
    @Variable(
            value =
                    "tiles of the frame, so many side by side and one below the other, in which a detector's model also"
                            + " looks, one run each, for objects that are small in the whole frame; 1 for the whole frame alone",
            min = 1,
            max = 4)
    int detectorTiles();

    @WithDefault("${DETECT_CLASSES:street}")
    @Variable(
            value = "detector classes that are tracked automatically: names separated by commas, `all`, or `street`"
                    + " (person, bicycle, car, motorcycle, bus, truck, cat, dog, horse; all classes if the detector"
                    + " has none of these)",
            pattern = ".*\\S.*",
            allowed = "all, street, or names of the detector")
    String detectClasses();

    @WithDefault("${PUBLISH_DETECTIONS:false}")
    @Variable("whether frame results say what the detector found before tracking: `detections`")
    boolean publishDetections();

    @WithDefault("${VIDEO_MODE:true}")
    @Variable(
            value = "initial mode: `true` tracks objects through the video, `false` detects objects in each frame"
                    + " independently, `segment` segments everything in each frame, with the model of tracker `sam2`",
            choices = {"true", "false", "segment"},
            alsoCalled = "SAM_VIDEO_MODE")
    String videoMode();

    @WithDefault("${SEGMENT_FPS:1}")
    @Variable(
            value = "maximum frames per second of a stream that are segmented in mode `segment`",
            unit = "1/s",
            min = 0.01,
            max = 60)
    double segmentFps();

    @WithDefault("${SEGMENT_MASKS:64}")
    @Variable(
            value = "maximum masks of a frame in mode `segment`; the best are kept",
            unit = "masks",
            min = 1,
            max = 256)
    int segmentMasks();

    @WithDefault("${SEGMENT_POINTS:32}")
    @Variable(
            value = "side of the grid of points that prompt the masks of a whole frame",
            unit = "points",
            min = 1,
            max = 128)
    int segmentPoints();

    @WithDefault("${VIDEO_PROCESSING_FPS:30}")
    @Variable(
            value = "maximum processed frames per second of a stream",
            unit = "1/s",
            min = 0.1,
            max = 240,
            alsoCalled = "MAX_FPS")
    double processingFps();

    @WithDefault("${VIDEO_BUFFER_SIZE:10}")
    @Variable(value = "past frames kept for prompts that refer to them", unit = "frames", min = 1, max = 120)
    int bufferSize();

    @WithDefault("${SAM2_PROMPT_STRATEGY:detector}")
    @Variable("source of automatic prompts for every mask tracker")
    StrategyKind promptStrategy();

    @WithDefault("${SAM2_REPROMPT_INTERVAL:30}")
    @Variable(value = "interval of automatic prompts, for every mask tracker", unit = "frames", min = 1, max = 100_000)
    int repromptInterval();

    @WithDefault("${SAM2_MAX_OBJECTS_PER_STREAM:8}")
    @Variable(
            value =
                    "maximum objects with masks, for every mask tracker; detected ones beyond it are tracked by their boxes",
            unit = "objects",
            min = 1,
            max = 256)
    int maxObjects();

    @WithDefault("${SAM2_STREAM_TIMEOUT:60}s")
    @Variable(
            value = "time without frames after which a stream's tracks are removed, for every tracker",
            unit = "s",
            min = 1,
            max = 86_400)
    Duration streamTimeout();

    @WithDefault("${TEXT_PROMPT:all objects. item. thing. stuff.}")
    @Variable("initial text prompt of strategy `text`")
    String textPrompt();

    @WithDefault("${TEXT_MODEL_DIR:}")
    @Variable(
            "folder of another export of Grounding DINO (model.onnx and tokenizer.json); empty for the installed model")
    Optional<Path> textModelDir();

    @WithDefault("${TEXT_BOX_THRESHOLD:0.25}")
    @Variable(value = "minimum score of a box found by a text prompt", min = 0, max = 1)
    double textBoxThreshold();

    @WithDefault("${TEXT_THRESHOLD:0.2}")
    @Variable(value = "minimum score of a word for the label of such a box", min = 0, max = 1)
    double textThreshold();

    @WithDefault("${FRAME_STATE_PATH:}")
    @Variable("folder where replicas save tracker state for each other; empty for none")
    Optional<Path> statePath();

    @WithDefault("${IDENTIFY_API:openai}")
    @Variable("API that identifies objects: `openai` is a chat that accepts images, `webhook` takes plain JSON")
    IdentifyApi identifyApi();

    @WithDefault("${IDENTIFY_URL:}")
    @Variable(
            value = "address of the identification API; for `openai` without `/chat/completions`; empty switches"
                    + " identification off",
            pattern = "https?://[^\\s/]+\\S*",
            allowed = "http://… or https://…")
    Optional<String> identifyUrl();

    @WithDefault("${IDENTIFY_KEY:}")
    @Variable("key of the identification API; empty switches identification off")
    Optional<String> identifyKey();

    @WithDefault("${IDENTIFY_MODEL:gpt-4o-mini}")
    @Variable("model of the identification API `openai`")
    String identifyModel();

    @WithDefault("${IDENTIFY_PER_MINUTE:6}")
    @Variable(value = "maximum rate of identification requests", unit = "1/min", min = 1, max = 600)
    int identifyPerMinute();

    @WithDefault("${IDENTIFY_TIMEOUT:20}s")
    @Variable(value = "timeout of an identification request", unit = "s", min = 1, max = 300)
    Duration identifyTimeout();

    @WithDefault("${DETECTIONS_DIR:}")
    @Variable(value = "folder for a JSON file per frame with objects; empty for none", alsoCalled = "OUTPUT_DIR")
    Optional<Path> detectionsDir();

    @WithDefault("${DETECTIONS_MAX:1000}")
    @Variable(value = "maximum files in DETECTIONS_DIR; the newest are kept", unit = "files", min = 1, max = 1_000_000)
    int detectionsMax();

    @WithDefault("${STORAGE_PATH:}")
    @Variable(
            "folder whose subfolder `enhanced_objects` holds crops, enhanced images and identifications of objects; empty for none")
    Optional<Path> storagePath();

    @WithDefault("${ENHANCED_OBJECTS_MAX:1000}")
    @Variable(
            value = "maximum objects in `enhanced_objects`; the newest are kept",
            unit = "objects",
            min = 1,
            max = 1_000_000)
    int enhancedObjectsMax();

    @WithDefault("${WORKER_STATS_FILE:worker_stats.json}")
    @Variable("file for counts and times, written at shutdown")
    Optional<Path> workerStatsFile();
}
