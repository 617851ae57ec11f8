package dev.aerie.service.consumer;

import dev.aerie.service.config.Variable;
import dev.aerie.settings.InstanceName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// The settings that every service that works on streams has; nested in the service's own mapping.
@RegisterForReflection
public interface ConsumerConfig {

    /// `BIND_HOST` and `LOG_LEVEL` are read by Quarkus itself.
    @WithDefault("${BIND_HOST:127.0.0.1}")
    @Variable("address to listen on; beyond loopback, AERIE_USERNAME and AERIE_PASSWORD must be set")
    String bindHost();

    @WithDefault("${LOG_LEVEL:INFO}")
    @Variable(
            value = "lowest level that is logged",
            choices = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"})
    String logLevel();

    /// Read by [dev.aerie.service.log.LogFormat] itself.
    @WithDefault("${LOG_FORMAT:text}")
    @Variable(
            value = "log lines for people, or one JSON object each, with the same keys in every service",
            choices = {"text", "json"})
    String logFormat();

    /// Read by [dev.aerie.trace.FrameSampling] itself, as the next one.
    @WithDefault("${OTEL_EXPORTER_OTLP_ENDPOINT:}")
    @Variable(
            value = "OpenTelemetry collector (OTLP over HTTP) that is sent the traces of frames; empty for none",
            pattern = "https?://[^/\\s]+\\S*",
            allowed = "http://host:4318")
    Optional<String> traceEndpoint();

    @WithDefault("${OTEL_TRACES_SAMPLER_ARG:0.01}")
    @Variable(value = "share of the frames that are followed; the same in every service", min = 0, max = 1)
    double traceShare();

    @WithDefault("${INSTANCE:}")
    @Variable(
            value = "name of this replica in messages and queues, different for each replica; empty for the host name,"
                    + " with the port if it is not the default one",
            pattern = InstanceName.PATTERN,
            allowed = InstanceName.PATTERN)
    Optional<String> instance();

    @WithDefault("${AERIE_USERNAME:}")
    @Variable("user name for HTTP (Basic); empty for no authentication")
    Optional<String> username();

    @WithDefault("${AERIE_PASSWORD:}")
    @Variable("password for HTTP (Basic)")
    Optional<String> password();

    @WithDefault("${RTSP_HOST:127.0.0.1}")
    @Variable("host of the RTSP relay")
    String rtspHost();

    @WithDefault("${RTSP_PORT:8554}")
    @Variable(value = "port of the RTSP relay", min = 1, max = 65_535)
    int rtspPort();

    @WithDefault("${RTSP_READ_USERNAME:}")
    @Variable("user name to play streams; empty for none")
    Optional<String> rtspReadUsername();

    @WithDefault("${RTSP_READ_PASSWORD:}")
    @Variable("password to play streams")
    Optional<String> rtspReadPassword();

    @WithDefault("${STREAM_NAME:}")
    @Variable(
            value = "the one stream to process without a work queue: a name at the relay or at GO2RTC_API, or the"
                    + " address of any RTSP stream; empty takes streams from the work queue",
            pattern = "[a-z0-9][a-z0-9_-]{0,62}|rtsp://[^/\\s]+\\S*",
            allowed = "[a-z0-9][a-z0-9_-]{0,62}, or rtsp://…")
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
