package dev.aerie.service.decode;

import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.service.config.DecodingConfig;
import dev.aerie.service.config.WrongSetting;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;

/// Opens the decoders of a service, of which there is one, and registers their metrics.
public final class ServiceDecoders {

    private static final String STREAMS = "aerie.decoder.streams";

    private ServiceDecoders() {}

    /// To be closed after the last stream; a decoder that cannot be had ends the start ([WrongSetting]).
    @SuppressWarnings("MustBeClosedChecker") // the caller closes it
    public static VideoDecoders open(DecodingConfig config, MeterRegistry registry) {
        try {
            var decoders = VideoDecoders.open(config.decoder());
            register(decoders, registry);
            return decoders;
        } catch (IOException e) {
            throw WrongSetting.of(String.valueOf(e.getMessage()));
        }
    }

    private static void register(VideoDecoders decoders, MeterRegistry registry) {
        String description = "connections whose video is decoded now, by decoder";
        Gauge.builder(STREAMS, decoders, VideoDecoders::bySoftware)
                .tag("decoder", VideoDecoders.SOFTWARE.name())
                .description(description)
                .register(registry);
        if (!decoders.name().equals(VideoDecoders.SOFTWARE.name())) {
            Gauge.builder(STREAMS, decoders, VideoDecoders::byHardware)
                    .tag("decoder", decoders.name())
                    .description(description)
                    .register(registry);
        }
        FunctionCounter.builder("aerie.decoder.fallbacks", decoders, VideoDecoders::fallbacks)
                .description("connections that went over from hardware decoding to software")
                .register(registry);
    }
}
