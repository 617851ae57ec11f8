package dev.aerie.ingest;

import dev.aerie.ingest.push.ReplayCheck;
import dev.aerie.service.config.DecodingConfig;
import dev.aerie.service.config.ServiceConfig;
import dev.aerie.service.config.Variable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The environment variables of the ingest-server; the table in docs/configuration.md is made from it.
@ConfigMapping(prefix = "ingest")
@RegisterForReflection
interface IngestConfig {

    /// Addresses of a service's replicas.
    String REPLICAS = "https?://[^/,\\s]+[^,\\s]*(,https?://[^/,\\s]+[^,\\s]*)*";

    String REPLICAS_ALLOWED = "http://…, several with commas; each address of a host is one";

    String ADDRESS = "[0-9a-fA-F:.]{2,45}";

    @WithParentName
    ServiceConfig service();

    /// Read by Quarkus itself, too.
    @WithParentName
    DecodingConfig decoding();

    @WithDefault("${API_PORT:5001}")
    @Variable(value = "port of HTTP and WebSocket; 0 for a free one", min = 0, max = 65_535)
    int apiPort();

    @WithDefault("${LOGIN_HOURS:12}h")
    @Variable(value = "life of a login in the browser", unit = "h", min = 1, max = 720)
    Duration loginLife();

    @WithDefault("${RTSP_HOST:}")
    @Variable("host at which consumers and go2rtc find the relay; empty for `BIND_HOST`, or loopback")
    Optional<String> rtspHost();

    @WithDefault("${RTSP_PORT:8554}")
    @Variable(value = "port of the RTSP relay; 0 for a free one", min = 0, max = 65_535)
    int rtspPort();

    @WithDefault("${RTSPS_PORT:8322}")
    @Variable(
            value = "port of the RTSP relay in TLS, where TLS_CERTIFICATE is set; RTSP_PORT then listens on loopback"
                    + " alone, unless TLS_TERMINATED=true; 0 for a free one",
            min = 0,
            max = 65_535)
    int rtspsPort();

    @WithDefault("${RTMP_PORT:1935}")
    @Variable(
            value = "port at which RTMP is published to us; 0: it is not served. Where it is taken, the others go on",
            min = 0,
            max = 65_535)
    int rtmpPort();

    @WithDefault("${RTMPS_PORT:1936}")
    @Variable(
            value = "port of the same in TLS, where TLS_CERTIFICATE is set; RTMP_PORT then listens on loopback alone,"
                    + " unless TLS_TERMINATED=true; 0: it is not served",
            min = 0,
            max = 65_535)
    int rtmpsPort();

    @WithDefault("${RABBITMQ_URL:amqp://guest:guest@127.0.0.1:5672}")
    @Variable(value = "the broker", pattern = "amqps?://\\S+", allowed = "amqp://… or amqps://…")
    String rabbitmqUrl();

    @WithDefault("${STREAM_NAME:drone}")
    @Variable(
            value = "stream of `/ws/video` without a name",
            pattern = "[a-z0-9][a-z0-9_-]{0,62}",
            allowed = "[a-z0-9][a-z0-9_-]{0,62}")
    String streamName();

    @WithDefault("${TRANSCODERS:2}")
    @Variable(
            value = "maximum streams of H.265 that are made H.264 at once, for browsers that decode no other",
            unit = "streams",
            min = 0,
            max = 64)
    int transcoders();

    @WithDefault("${INSPECT_QUEUES:false}")
    @Variable("whether the last 100 messages of each exchange are kept in `inspect.<exchange>`")
    boolean inspectQueues();

    @WithDefault("${ALERT_RULES:}")
    @Variable("file of the alert rules, made where it is missing; empty: rules last as long as the process")
    Optional<String> alertRules();

    /// Read by [dev.aerie.ingest.notify.MqttBroker].
    @WithDefault("${MQTT_URL:}")
    @Variable(
            value = "MQTT broker that is told of tracks and alerts; empty for none",
            pattern = "mqtts?://[^/:@\\s]+(:\\d{1,5})?",
            allowed = "mqtt://host:1883, or mqtts://host:8883 for TLS")
    Optional<String> mqttUrl();

    @WithDefault("${MQTT_USERNAME:}")
    @Variable("user name at the MQTT broker; empty for none")
    Optional<String> mqttUsername();

    @WithDefault("${MQTT_PASSWORD:}")
    @Variable("password at the MQTT broker")
    Optional<String> mqttPassword();

    @WithDefault("${MQTT_TOPIC:aerie}")
    @Variable(
            value = "what all MQTT topics begin with; `frigate` for programs that know Frigate's",
            pattern = "[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*",
            allowed = "letters, digits, _ and -, parts with /")
    String mqttTopic();

    @WithDefault("${MQTT_DISCOVERY:homeassistant}")
    @Variable(
            value = "topic where Home Assistant finds sensors; none: it is told of none",
            pattern = "[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*",
            allowed = "letters, digits, _ and -, parts with /")
    String mqttDiscovery();

    @WithDefault("${WEBHOOKS:}")
    @Variable(
            value = "URLs to which events are posted; empty for none",
            pattern = "https?://[^/,\\s]+[^,\\s]*(,https?://[^/,\\s]+[^,\\s]*){0,7}",
            allowed = "http://… or https://…, up to 8 with commas")
    Optional<List<String>> webhooks();

    @WithDefault("${WEBHOOK_EVENTS:alerts}")
    @Variable(
            value = "what is posted",
            pattern = "alerts|tracks|alerts,tracks|tracks,alerts",
            allowed = "alerts, tracks, both with a comma")
    List<String> webhookEvents();

    /// Checked by [dev.aerie.ingest.notify.Webhooks].
    @WithDefault("${WEBHOOK_SECRET:}")
    @Variable(
            value = "secret by which webhooks are signed; empty for no signature",
            allowed = "whsec_ and 24 to 64 bytes in base64")
    Optional<String> webhookSecret();

    /// Checked by [dev.aerie.ingest.source.SourceHosts].
    @WithDefault("${WEBHOOK_HOSTS:}")
    @Variable(
            value = "hosts to which webhooks go; empty for all but link-local and multicast addresses and those of"
                    + " cloud metadata",
            allowed = "host names, addresses, networks such as 10.0.0.0/8, several with commas")
    Optional<List<String>> webhookHosts();

    @WithDefault("${RTSP_PUBLISH_USERNAME:}")
    @Variable("user name to publish streams by RTSP; empty for none")
    Optional<String> rtspPublishUsername();

    @WithDefault("${RTSP_PUBLISH_PASSWORD:}")
    @Variable("password to publish streams by RTSP")
    Optional<String> rtspPublishPassword();

    /// Read by [dev.aerie.ingest.rtsp.RtspUsers].
    @WithDefault("${RTSP_USERS:}")
    @Variable(
            value =
                    "file of users of RTSP, a line each: name, read or publish, streams (`*` for any characters),"
                            + " password; others than its owner and group may not read it, and it is followed when it changes; empty for none",
            exists = true,
            allowed = "a file that is there")
    Optional<String> rtspUsers();

    @WithDefault("${RTSP_BASIC:false}")
    @Variable("whether RTSP takes passwords in the clear (Basic) for players that know no Digest")
    boolean rtspBasic();

    @WithDefault("${RTSP_CONNECTIONS:1024}")
    @Variable(
            value = "maximum RTSP connections, readers and publishers together; further ones are closed at once",
            unit = "connections",
            min = 1,
            max = 100_000)
    int rtspConnections();

    @WithDefault("${RTSP_CONNECTIONS_PER_ADDRESS:256}")
    @Variable(
            value = "maximum RTSP connections of one address, or one IPv6 network (/64)",
            unit = "connections",
            min = 1,
            max = 100_000)
    int rtspConnectionsPerAddress();

    /// Checked by [dev.aerie.ingest.source.ConfiguredSources].
    @WithDefault("${SOURCES:}")
    @Variable(
            value = "sources to start with: see docs/ingest.md",
            allowed = "JSON object of sources by stream, or name=url,name=url")
    Optional<String> sources();

    /// Checked by [dev.aerie.ingest.forward.ForwardTarget].
    @WithDefault("${FORWARDS:}")
    @Variable(
            value = "streams that are sent to other servers: see docs/ingest.md",
            allowed = "stream=url,stream=url with rtmp://…, srt://… or rtsp://…")
    Optional<String> forwards();

    @WithDefault("${SOURCE_FILES:}")
    @Variable("folder of the video files that may be played as sources, with all below it; empty for `~/.aerie/videos`")
    Optional<String> sourceFiles();

    /// Checked by [dev.aerie.ingest.source.SourceHosts].
    @WithDefault("${SOURCE_HOSTS:}")
    @Variable(
            value = "hosts from which cameras are pulled; empty for all but link-local and multicast addresses and"
                    + " those of cloud metadata",
            allowed = "host names, addresses, networks such as 10.0.0.0/8, several with commas")
    Optional<List<String>> sourceHosts();

    @WithDefault("${HTTP_SOCKETS:512}")
    @Variable(
            value = "maximum WebSockets: viewers, drones, sensors; further ones are answered with 503",
            unit = "sockets",
            min = 1,
            max = 1000)
    int httpSockets();

    @WithDefault("${HTTP_SOCKETS_PER_ADDRESS:256}")
    @Variable(
            value = "maximum WebSockets of one address, which a reverse proxy is, too",
            unit = "sockets",
            min = 1,
            max = 1000)
    int httpSocketsPerAddress();

    @WithName("webrtc-port")
    @WithDefault("${WEBRTC_PORT:8555}")
    @Variable(
            value = "UDP port of WebRTC, for all its sessions; 0 for a free one. Where it is taken, the others go on",
            min = 0,
            max = 65_535)
    int webRtcPort();

    @WithName("webrtc-addresses")
    @WithDefault("${WEBRTC_ADDRESSES:}")
    @Variable(
            value =
                    "addresses at which browsers reach WEBRTC_PORT, several with commas; empty for `BIND_HOST`, or all of"
                            + " this machine where that is 0.0.0.0",
            pattern = ADDRESS + "(," + ADDRESS + ")*",
            allowed = "IP addresses")
    Optional<List<String>> webRtcAddresses();

    @WithName("webrtc-sessions")
    @WithDefault("${WEBRTC_SESSIONS:64}")
    @Variable(
            value = "maximum sessions of WebRTC; further ones are answered with 503",
            unit = "sessions",
            min = 1,
            max = 1000)
    int webRtcSessions();

    @WithName("webrtc-sessions-per-address")
    @WithDefault("${WEBRTC_SESSIONS_PER_ADDRESS:32}")
    @Variable(
            value = "maximum sessions of WebRTC of one address; further ones are answered with 503",
            unit = "sessions",
            min = 1,
            max = 1000)
    int webRtcSessionsPerAddress();

    @WithDefault("${MAX_STREAMS:64}")
    @Variable(value = "maximum streams at the same time", unit = "streams", min = 1, max = 1000)
    int maxStreams();

    @WithDefault("${MAX_CHUNK_BYTES:4194304}")
    @Variable(value = "maximum size of a WebSocket message", unit = "bytes", min = 1 << 10, max = 8 << 20)
    int maxChunkBytes();

    @WithDefault("${MAX_ACCESS_UNIT_BYTES:4194304}")
    @Variable(value = "maximum size of a coded frame", unit = "bytes", min = 1 << 10, max = 16 << 20)
    int maxAccessUnitBytes();

    @WithDefault("${PUBLISHER_TAKEOVER:false}")
    @Variable("whether a second publisher of a live stream replaces the first")
    boolean publisherTakeover();

    @WithDefault("${REPLAY_FROM:loopback}")
    @Variable("from where a recording may be replayed under its old identities")
    ReplayCheck.From replayFrom();

    @WithDefault("${STALL_AFTER:3}s")
    @Variable(
            value = "time without video after which a stream is stalled and its source restarted",
            unit = "s",
            min = 1,
            max = 60)
    Duration stallAfter();

    @WithDefault("${END_AFTER:30}s")
    @Variable(value = "time without video after which a stalled stream is ended", unit = "s", min = 2, max = 3600)
    Duration endAfter();

    @WithDefault("${NTP_SERVER:}")
    @Variable("time server against which the clock's offset is measured; empty for none")
    Optional<String> ntpServer();

    @WithDefault("${NTP_INTERVAL:64}s")
    @Variable(value = "time between two measurements", unit = "s", min = 16, max = 86_400)
    Duration ntpInterval();

    @WithDefault("${FRAME_PROCESSOR_URL:}")
    @Variable(
            value = "frame-processors to which prompts, mode and fps are forwarded: the replica that works on the"
                    + " stream answers",
            pattern = REPLICAS,
            allowed = REPLICAS_ALLOWED)
    Optional<List<String>> frameProcessorUrl();

    @WithDefault("${AERIE_TOKEN:}")
    @Variable(
            value =
                    "token of the role operator by which this server itself asks frame-processors for annotated video that"
                            + " readers of RTSP want; empty for AERIE_USERNAME",
            pattern = "[\\x21-\\x7e]{1,512}",
            allowed = "a token")
    Optional<String> token();

    @WithDefault("${SLAM_SERVICE_URL:}")
    @Variable(
            value = "slam-services from which the dashboard's map comes",
            pattern = REPLICAS,
            allowed = REPLICAS_ALLOWED)
    Optional<List<String>> slamServiceUrl();

    @WithDefault("${PTZ_SERVICE_URL:}")
    @Variable(
            value = "ptz-services to which commands to cameras are forwarded",
            pattern = REPLICAS,
            allowed = REPLICAS_ALLOWED)
    Optional<List<String>> ptzServiceUrl();

    @WithDefault("${STORAGE_URL:http://127.0.0.1:5004}")
    @Variable(
            value = "storage-service whose recordings the dashboard shows; empty for none",
            pattern = "https?://[^/\\s]+.*",
            allowed = "http://…")
    Optional<String> storageUrl();

    @WithDefault("${GO2RTC_API:}")
    @Variable(
            value = "go2rtc that relays instead of this server",
            pattern = "https?://[^/\\s]+.*",
            allowed = "http://host:1984")
    Optional<String> go2rtcApi();

    @WithDefault("${GO2RTC_CAMERAS:}")
    @Variable(
            value = "go2rtc whose cameras become streams of this server; not together with GO2RTC_API",
            pattern = "https?://[^/\\s]+.*",
            allowed = "http://host:1984")
    Optional<String> go2rtcCameras();

    @WithDefault("${GO2RTC_RTSP_URL:}")
    @Variable(
            value =
                    "RTSP address of go2rtc; empty for port 8554 of its host, or with GO2RTC_CAMERAS the port it reports",
            pattern = "rtsp://\\S+",
            allowed = "rtsp://…")
    Optional<String> go2rtcRtspUrl();
}
