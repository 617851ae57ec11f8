package dev.aerie.frames;

import static dev.aerie.settings.Setting.choice;
import static dev.aerie.settings.Setting.decimal;
import static dev.aerie.settings.Setting.text;
import static dev.aerie.settings.Setting.whole;

import dev.aerie.frames.prompt.StrategyKind;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.settings.ConsumerSettings;
import dev.aerie.settings.Setting;
import dev.aerie.settings.Settings;
import dev.aerie.vision.models.Sam20;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.sam2.Precision;
import java.util.List;
import java.util.regex.Pattern;

/// The environment variables of the frame-processor; `application.properties` maps each to [FrameConfig].
final class FrameSettings {

    private static final Pattern HTTP_URL = Pattern.compile("https?://[^\\s/]+\\S*");
    private static final List<String> DETECTORS = List.of("auto", "motion", "yolox_nano");
    private static final List<String> SAM2_MODELS =
            List.of("auto", "edgetam", "sam2.1_tiny", "sam2.1_small", "sam2.1_base_plus", "sam2.1_large");

    /// Of a detector or of a tracker, whichever it is the name of.
    private static final String MODEL_ID = "MODEL_ID";

    static final Settings ALL = ConsumerSettings.with(
            5002,
            List.of(
                    text("RTSP_PUBLISH_USERNAME", "user who may publish annotated video; empty for none", ""),
                    text("RTSP_PUBLISH_PASSWORD", "its password", ""),
                    text("MODELS_DIR", "folder of the installed models; empty for `~/.aerie/models`", ""),
                    choice(
                            "DEVICE",
                            "what models run on; `auto` takes CUDA where it can be used, else the processor",
                            "auto",
                            Device.wireNames()),
                    whole(
                            "INFERENCE_THREADS",
                            "threads of one model run on the processor; 0 for all cores",
                            0,
                            "",
                            0,
                            256),
                    whole(
                            "GPU_MEMORY_LIMIT_MB",
                            "GPU memory that all models together may take, shared out among them",
                            InferenceDevice.DEFAULT_GPU_MEBIBYTES,
                            "2^20 bytes",
                            InferenceDevice.MIN_GPU_MEBIBYTES,
                            1 << 20),
                    choice(
                                    "VIDEO_TRACKER_TYPE",
                                    "what follows objects: `sam2` and `bilateral` by masks, `mot` by boxes; `auto` takes sam2"
                                            + " where its weights are installed, else bilateral",
                                    "auto",
                                    List.of("auto", "sam2", "bilateral", "mot"))
                            .taking("sam2_video", "auto")
                            .taking("yolo_track", "mot"),
                    sam2Model(),
                    choice(
                            "SAM2_SIZE",
                            "side of the square that it looks at, in pixels",
                            "512",
                            List.of("512", "1024")),
                    choice(
                            "SAM2_PRECISION",
                            "in what numbers it multiplies; `int8` is faster and less exact, on the processor alone",
                            "fp32",
                            Precision.wireNames()),
                    choice(
                            "SAM2_VOS_OPTIMIZED",
                            "`true` runs its networks once at the start, so that the first frame need not wait",
                            "true",
                            List.of("true", "false")),
                    new Setting(
                                    "DETECTOR",
                                    "what finds objects: `motion` whatever moves, a model of the manifest, or any ONNX export"
                                            + " of YOLOX, YOLOv8 and later, RT-DETR or D-FINE by its path (a relative one begins"
                                            + " at MODELS_DIR); `auto` takes yolox_nano where it is installed, else motion",
                                    "auto",
                                    "",
                                    "auto, motion, yolox_nano, or a path that ends in .onnx",
                                    value -> value.endsWith(".onnx") || DETECTORS.contains(value))
                            .alsoCalled(MODEL_ID)
                            .taking("coco/11", "auto"),
                    new Setting(
                            "DETECT_CLASSES",
                            "which of its classes are followed by themselves: names with commas between, `all`, or"
                                    + " `street`: person, bicycle, car, motorcycle, bus, truck, cat, dog, horse, which"
                                    + " is all of a detector that knows none of these",
                            "street",
                            "",
                            "all, street, or names of the detector",
                            value -> !value.isBlank()),
                    choice(
                                    "VIDEO_MODE",
                                    "`true` follows objects through the video, `false` looks at each frame by itself",
                                    "true",
                                    List.of("true", "false"))
                            .alsoCalled("SAM_VIDEO_MODE"),
                    decimal("VIDEO_PROCESSING_FPS", "most frames of a stream looked at", 30, "1/s", 0.1, 240)
                            .alsoCalled("MAX_FPS"),
                    new Setting(
                            "FRAME_PROVIDER",
                            "which frames wait while one is worked on: `latest` only the newest, `drop-oldest:N` the N"
                                    + " newest, `wait` all, and the sender with them",
                            "latest",
                            "",
                            BackpressurePolicy.CHOICES,
                            BackpressurePolicy::isChoice),
                    whole(
                            "VIDEO_BUFFER_SIZE",
                            "frames kept for prompts that speak of one gone by",
                            10,
                            "frames",
                            1,
                            120),
                    choice(
                            "SAM2_PROMPT_STRATEGY",
                            "what proposes objects to a tracker of masks",
                            "detector",
                            StrategyKind.wireNames()),
                    whole(
                            "SAM2_REPROMPT_INTERVAL",
                            "from one look for more objects to the next",
                            30,
                            "frames",
                            1,
                            100_000),
                    whole("SAM2_MAX_OBJECTS_PER_STREAM", "most objects followed by their masks", 8, "objects", 1, 256),
                    whole(
                            "SAM2_STREAM_TIMEOUT",
                            "silence after which a stream's objects are forgotten",
                            60,
                            "s",
                            1,
                            86_400),
                    text(
                            "TEXT_PROMPT",
                            "words that strategy `text` looks for at first",
                            "all objects. item. thing. stuff."),
                    text(
                            "TEXT_MODEL_DIR",
                            "folder of Grounding DINO, model.onnx and tokenizer.json; empty for none",
                            ""),
                    decimal("TEXT_BOX_THRESHOLD", "least score of a thing that words describe", 0.25, "", 0, 1),
                    decimal("TEXT_THRESHOLD", "least score of a word that such a thing is called by", 0.2, "", 0, 1),
                    text(
                            "FRAME_STATE_PATH",
                            "folder where replicas leave each other what they remember; empty for none",
                            ""),
                    whole("FRAME_PROCESSOR_CAPACITY", "streams that this replica takes at a time", 4, "streams", 1, 64),
                    choice(
                            "IDENTIFY_API",
                            "who says what objects are: a chat that takes frames, or a webhook of plain JSON",
                            "openai",
                            List.of("openai", "webhook")),
                    new Setting(
                            "IDENTIFY_URL",
                            "its address; for `openai` what comes before `/chat/completions`; empty asks nobody",
                            "",
                            "",
                            "http://… or https://…",
                            value -> value.isEmpty() || HTTP_URL.matcher(value).matches()),
                    text("IDENTIFY_KEY", "its key; empty asks nobody", ""),
                    text("IDENTIFY_MODEL", "model of the chat", "gpt-4o-mini"),
                    whole("IDENTIFY_PER_MINUTE", "most questions to it", 6, "1/min", 1, 600),
                    whole("IDENTIFY_TIMEOUT", "how long it may take to answer", 20, "s", 1, 300),
                    text("DETECTIONS_DIR", "folder for a JSON file per frame with objects; empty for none", "")
                            .alsoCalled("OUTPUT_DIR"),
                    whole("DETECTIONS_MAX", "files kept there, the newest", 1000, "files", 1, 1_000_000),
                    text(
                            "WORKER_STATS_FILE",
                            "file written at the end: counts and times; empty for none",
                            "worker_stats.json")));

    private FrameSettings() {}

    private static Setting sam2Model() {
        var setting = choice(
                        "SAM2_MODEL",
                        "model of tracker `sam2`; `auto` takes the lightest that is installed",
                        "auto",
                        SAM2_MODELS)
                .alsoCalled(MODEL_ID);
        for (String size : List.of("tiny", "small", "base_plus", "large")) {
            setting = setting.taking("sam2.1_hiera_" + size, "sam2.1_" + size);
        }
        for (var former : Sam20.refusals().entrySet()) {
            setting = setting.refusing(former.getKey(), former.getValue());
        }
        return setting;
    }
}
