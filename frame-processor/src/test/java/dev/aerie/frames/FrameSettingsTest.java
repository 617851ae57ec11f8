package dev.aerie.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aerie.rtsp.RelayAddress;
import dev.aerie.settings.ServiceSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameSettingsTest extends ServiceSettings {

    FrameSettingsTest() {
        super("frame-processor", FrameProcessor.SETTINGS, FrameProcessor::check);
    }

    @ParameterizedTest
    @CsvSource({
        "API_PORT, 70000, 0..65535",
        "DEVICE, gpu, 'auto, cpu, cuda'",
        "GPU_MEMORY_LIMIT_MB, 100, 1024..1048576",
        "GPU_MEMORY_LIMIT_MB, all, 1024..1048576",
        "VIDEO_TRACKER_TYPE, deepsort, 'auto, sam2, bilateral, mot'",
        "IDENTIFY_API, oracle, 'openai, webhook'",
        "IDENTIFY_PER_MINUTE, 0, 1..600",
        "DETECTIONS_MAX, 0, 1..1000000",
        "ENHANCED_OBJECTS_MAX, 0, 1..1000000",
        "DETECTOR, yolov3, 'auto, motion, motion_network, grounding_dino, yolox_nano, nanodet, or a path that ends in .onnx'",
        "DETECTOR_BATCH, 0, 1..32",
        "SAM2_PRECISION, fp16, 'fp32, int8'",
        "SAM2_MEMORY, some, 'selective, all'",
        "SAM2_CORRECTIONS, mine, 'conditioning, publisher'",
        "VIDEO_MODE, maybe, 'true, false, segment'",
        "SEGMENT_FPS, 0, 0.01..60.0",
        "SEGMENT_MASKS, 0, 1..256",
        "SEGMENT_POINTS, 129, 1..128",
        "SAM2_PROMPT_STRATEGY, all, 'auto_grid, motion, saliency, hybrid, detector, text, none'",
        "SAM2_MAX_OBJECTS_PER_STREAM, 0, 1..256",
        "VIDEO_PROCESSING_FPS, 0, 0.1..240.0",
        "FRAME_PROCESSOR_CAPACITY, 0, 1..64",
        "LOG_LEVEL, LOUD, INFO",
    })
    void check_wrongValue_namesVariableValueAndWhatIsAllowed(String name, String value, String allowed) {
        assertRefused(name, value, allowed);
    }

    @Test
    void check_beyondLoopbackWithCredentials_passes() {
        var complete = Map.of(
                "BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops", "AERIE_PASSWORD", "x", "TLS_TERMINATED", "true");
        assertThatCode(() -> FrameProcessor.check(complete)).doesNotThrowAnyException();
    }

    @Test
    void relayAddress_withCredentials_encodesThemAndKeepsThemOutOfItsText() {
        var relay = new RelayAddress("::1", 8554, Optional.of("o p"), Optional.of("a/b@c"));
        assertThat(relay.urlOf("drone")).isEqualTo("rtsp://o%20p:a%2Fb%40c@[::1]:8554/drone");
        assertThat(relay.toString()).doesNotContain("a/b");
    }

    @ParameterizedTest
    @CsvSource({
        "VIDEO_TRACKER_TYPE, sam2_video",
        "VIDEO_TRACKER_TYPE, yolo_track",
        "SAM_VIDEO_MODE, true",
        "MODEL_ID, coco/11",
        "MODEL_ID, sam2.1_hiera_tiny",
        "MODEL_ID, models/yolov8n.onnx",
        "MAX_FPS, 10",
        "OUTPUT_DIR, ./detections",
    })
    void check_theWordsOfOtherDocuments_areTaken(String name, String value) {
        assertThatCode(() -> FrameProcessor.check(Map.of(name, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "SAM2_MODEL, sam2_hiera_small.pt, ./aerie models get sam2.1_small",
        "MODEL_ID, sam2_hiera_tiny, ./aerie models get sam2.1_tiny",
        "MODEL_ID, yolov8n.pt, a path that ends in .onnx for DETECTOR",
    })
    void check_aModelThatIsNotAvailable_namesItCan(String name, String value, String instead) {
        assertRefused(name, value, instead);
    }
}
