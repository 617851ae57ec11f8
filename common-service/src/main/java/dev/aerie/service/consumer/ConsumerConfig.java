package dev.aerie.service.consumer;

import dev.aerie.service.config.ServiceConfig;
import dev.aerie.service.config.Variable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/// The settings of every service that works on streams; nested in the service's own mapping.
@RegisterForReflection
public interface ConsumerConfig {

    @WithParentName
    ServiceConfig service();

    @WithDefault("${RTSP_HOST:127.0.0.1}")
    @Variable("host of the RTSP relay")
    String rtspHost();

    @WithDefault("${RTSP_PORT:8554}")
    @Variable(value = "port of the RTSP relay", min = 1, max = 65_535)
    int rtspPort();

    @WithDefault("${RTSP_TLS:false}")
    @Variable("whether the relay is read by RTSPS; RTSP_PORT is then its RTSPS_PORT")
    boolean rtspTls();

    @WithDefault("${STREAM_NAME:}")
    @Variable(
            value = "the one stream to process without a work queue: a name at the relay or at GO2RTC_API, or the"
                    + " address of any RTSP stream; empty takes streams from the work queue",
            pattern = "[a-z0-9][a-z0-9_-]{0,62}|rtsps?://[^/\\s]+\\S*",
            allowed = "[a-z0-9][a-z0-9_-]{0,62}, or rtsp://… or rtsps://…")
    Optional<String> streamName();

    @WithDefault("${GO2RTC_API:}")
    @Variable(
            value = "go2rtc that serves STREAM_NAME instead of the relay",
            pattern = "https?://[^/\\s]+\\S*",
            allowed = "http://host:1984")
    Optional<String> go2rtcApi();

    @WithDefault("${GO2RTC_RTSP_URL:}")
    @Variable(
            value = "RTSP address of go2rtc; empty for the port that it reports, at the host of its API",
            pattern = "rtsp://[^/\\s]+\\S*",
            allowed = "rtsp://…")
    Optional<String> go2rtcRtspUrl();

    @WithDefault("${RABBITMQ_URL:amqp://guest:guest@127.0.0.1:5672}")
    @Variable(
            value = "the broker; with STREAM_NAME it is optional, and `none` switches it off",
            pattern = "none|amqps?://\\S+",
            allowed = "amqp://… or amqps://…, or none where STREAM_NAME is set")
    String rabbitmqUrl();
}
