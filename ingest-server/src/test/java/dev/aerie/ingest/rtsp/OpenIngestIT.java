package dev.aerie.ingest.rtsp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.aerie.auth.ApiToken;
import dev.aerie.auth.Role;
import dev.aerie.auth.TokenFile;
import dev.aerie.ingest.live.TestBrowser;
import dev.aerie.ingest.testing.StandInIssuer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.PackagedService;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.client.TcpUnits;
import dev.aerie.tls.LocalAuthority;
import dev.aerie.tls.TrustedAuthorities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged ingest-server on all addresses, with TLS, tokens and RTSPS, as programs of others use it.
final class OpenIngestIT {

    private static final String FRAME_SHOWN =
            "() => /^#[1-9]/.test(document.querySelector('#facts dd')?.textContent ?? '')";

    private static final String READER = "reader:r3ad@";

    @TempDir
    private static Path folder;

    private static LocalAuthority authority;
    private static StandInIssuer issuer;
    private static HttpClient http;
    private static PackagedService service;
    private static int rtspPort;
    private static int rtspsPort;

    @BeforeAll
    static void start() throws Exception {
        authority = new LocalAuthority(folder.resolve("tls"));
        authority.certify(List.of("127.0.0.1", "localhost"));
        TrustedAuthorities.addToProcess(authority.authority());
        http = HttpClient.newHttpClient();
        issuer = new StandInIssuer();
        Path tokens = folder.resolve("tokens");
        TokenFile.add(tokens, ApiToken.of("ana", Role.VIEWER, "viewers-token"));
        TokenFile.add(tokens, ApiToken.of("bo", Role.OPERATOR, "operators-token"));
        rtspPort = freePort();
        rtspsPort = freePort();
        var settings = new HashMap<String, String>();
        settings.put("BIND_HOST", "0.0.0.0");
        settings.put("TLS_CERTIFICATE", authority.certificate().toString());
        settings.put("TLS_KEY", authority.key().toString());
        settings.put("TLS_CA", authority.authority().toString());
        settings.put("AERIE_TOKENS", tokens.toString());
        settings.put("OIDC_URL", issuer.url());
        settings.put("OIDC_CLIENT_ID", StandInIssuer.CLIENT);
        settings.put("OIDC_CLIENT_SECRET", StandInIssuer.SECRET);
        settings.put("OIDC_ROLE_CLAIM", "realm_access/roles");
        settings.put("LOGIN_KEY", "thirty-two random characters, say");
        settings.put("RTSP_READ_USERNAME", "reader");
        settings.put("RTSP_READ_PASSWORD", "r3ad");
        settings.put("RTSP_PUBLISH_USERNAME", "camera");
        settings.put("RTSP_PUBLISH_PASSWORD", "p3blish");
        settings.put("RTSP_PORT", Integer.toString(rtspPort));
        settings.put("RTSPS_PORT", Integer.toString(rtspsPort));
        settings.put("SOURCES", "card=test:");
        settings.put("RABBITMQ_URL", "amqp://127.0.0.1:1");
        service = PackagedService.startWithoutBroker(settings, folder.resolve("ingest.log"));
        Eventually.holds("the test card is live", () -> isLive("card"));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (issuer != null) {
            issuer.close();
        }
    }

    @Test
    void https_asksForTheTokenAndItsRole() {
        assertThat(get("/api/streams", "")).isEqualTo(401);
        assertThat(get("/api/streams", "viewers-token")).isEqualTo(200);
    }

    @Test
    void https_tokenOfTheIssuer_isLetIn() {
        Eventually.holds("the issuer is known", () -> get("/api/streams", issuer.token()) == 200);
        var ofNobody = issuer.claims().claim("realm_access", Map.of("roles", List.of("user")));
        assertThat(get("/api/streams", issuer.sign(ofNobody.build()))).isEqualTo(401);
    }

    @Test
    void https_chromium_logsInAtTheIssuer() {
        Eventually.holds("the issuer is known", () -> get("/api/streams", issuer.token()) == 200);
        try (var browser = new TestBrowser();
                var page = browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true))) {
            page.setDefaultTimeout(30_000);
            page.navigate(service.uri() + "/sources.html?a=b");
            page.click("#oidc-link");
            assertThat(page.locator("#user")).containsText("carla, operator");
            assertThat(page).hasURL(service.uri() + "/sources.html?a=b");
            assertThat(page.locator("#form button")).isDisabled();
            page.navigate(service.uri() + "/api/login/oidc/back?code=forged&state=forged");
            assertThat(page.locator("#user")).containsText("carla, operator"); // as before
            assertThat(page)
                    .hasURL(Pattern.compile("^" + service.uri().toString().replace(".", "\\.") + "/(#card)?$"));
        }
    }

    @Test
    void https_chromium_logsInWatchesAndLogsOut() {
        try (var browser = new TestBrowser();
                var page = browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true))) {
            page.setDefaultTimeout(30_000);
            page.navigate(service.uri() + "/?player=webcodecs#card");
            assertThat(page).hasURL(service.uri() + "/login.html?to=%2F%3Fplayer%3Dwebcodecs#card");
            for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
                assertThat(faults(page)).as("%s", theme).isEmpty();
            }

            logIn(page, "ana", "operators-token");
            assertThat(page.locator("#problem")).hasText("User or password is wrong.");
            logIn(page, "ana", "viewers-token");

            assertThat(page.locator("#user")).containsText("ana, viewer");
            assertThat(page).hasURL(service.uri() + "/?player=webcodecs#card");
            page.waitForFunction(FRAME_SHOWN); // by a WebSocket, with the cookie
            assertThat(page.locator("#prompt")).isDisabled();
            assertThat(page.locator("#prompt")).hasAttribute("title", "Needs the role operator; you are viewer");
            assertThat(page.locator("#ptz-stick")).hasAttribute("aria-disabled", "true");

            var cookie = page.context().cookies().getFirst();
            assertThat(cookie.name).isEqualTo("__Host-aerie_login");
            assertThat(cookie.httpOnly && cookie.secure).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);

            page.click("#log-out");
            assertThat(page).hasURL(service.uri() + "/login.html");
            page.context().addCookies(List.of(cookie));
            page.navigate(service.uri() + "/sources.html"); // whoever kept it has nothing
            assertThat(page).hasURL(service.uri() + "/login.html?to=%2Fsources.html");

            page.navigate(service.uri() + "/login.html?to=https://elsewhere.example/");
            logIn(page, "", "operators-token");
            assertThat(page.locator("#user")).containsText("bo, operator");
            assertThat(page.url()).startsWith(service.uri() + "/");
            assertThat(page.locator("#prompt")).isEnabled();
        }
    }

    private static void logIn(Page page, String user, String password) {
        page.fill("#user", user);
        page.fill("#password", password);
        page.click("#form button");
    }

    private static List<String> faults(Page page) {
        var found = new AxeBuilder(page).withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"));
        return found.analyze().getViolations().stream().map(Rule::getHelp).toList();
    }

    @Test
    void rtspInTheClear_isOnThisMachineAlone() throws Exception {
        read("rtsp://" + READER + "127.0.0.1:" + rtspPort + "/card");
        Optional<InetAddress> other = ofTheNetwork();
        assumeTrue(other.isPresent(), "this machine has no address beyond loopback");
        try (var reachable = new Socket(other.get(), rtspsPort)) {
            assertThat(reachable.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> new Socket(other.get(), rtspPort).close()).isInstanceOf(IOException.class);
    }

    @Test
    void rtsps_ourClient_verifiesAndReads() throws Exception {
        read("rtsps://" + READER + "127.0.0.1:" + rtspsPort + "/card");
        assertThatThrownBy(() -> read("rtsps://reader:wrong@127.0.0.1:" + rtspsPort + "/card"))
                .hasMessageContaining("401");
    }

    @Test
    void rtsps_ffmpeg_decodes() throws Exception {
        assumeTrue(Program.isInstalled("ffmpeg"), "ffmpeg is not installed");
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "warning"));
        if (knowsTlsOfRtsp()) {
            command.addAll(List.of(
                    "-tls_verify", "1", "-ca_file", authority.authority().toString()));
        }
        String url = "rtsps://" + READER + "127.0.0.1:" + rtspsPort + "/card";
        command.addAll(List.of("-i", url, "-frames:v", "10", "-f", "null", "-"));
        try (var ffmpeg = Program.start(command.toArray(new String[0]))) {
            assertThat(ffmpeg.expectExit(20)).doesNotContain("missed", "error", "Invalid");
        }
    }

    /// The RTSP client of FFmpeg 5.1 verifies nothing, and refuses to be told to.
    private static boolean knowsTlsOfRtsp() throws Exception {
        try (var help = Program.start("ffmpeg", "-hide_banner", "-h", "demuxer=rtsp")) {
            return help.expectExit(20).contains("tls_verify");
        }
    }

    @Test
    void rtsps_gstreamer_reads() throws Exception {
        assumeTrue(Program.isInstalled("gst-launch-1.0"), "gst-launch-1.0 is not installed");
        try (var gstreamer = Program.start(
                "gst-launch-1.0",
                "-v",
                "rtspsrc",
                "location=rtsps://127.0.0.1:" + rtspsPort + "/card",
                "user-id=reader",
                "user-pw=r3ad",
                "tls-validation-flags=0", // gst-launch has no way to name an authority
                "!",
                "rtph264depay",
                "!",
                "fakesink",
                "silent=false")) {
            gstreamer.expectOutput("last-message = chain", 5, Duration.ofSeconds(20));
        }
    }

    @Test
    void rtsps_ffmpeg_publishes() throws Exception {
        assumeTrue(Program.isInstalled("ffmpeg"), "ffmpeg is not installed");
        try (var ffmpeg = Program.start(
                "ffmpeg",
                "-v",
                "error",
                "-re",
                "-stream_loop",
                "-1",
                "-i",
                TestClip.shortGroupsMp4().toString(),
                "-c",
                "copy",
                "-f",
                "rtsp",
                "rtsps://camera:p3blish@127.0.0.1:" + rtspsPort + "/cam")) {
            Eventually.holds("published, wrote " + ffmpeg.output(), () -> isLive("cam"));
            read("rtsps://" + READER + "127.0.0.1:" + rtspsPort + "/cam");
        }
    }

    private static void read(String url) throws IOException {
        try (var units = TcpUnits.live(RtspConfig.of("card", url)).open()) {
            units.next();
        }
    }

    /// Whether frames have come: a stream is listed before its first.
    private static boolean isLive(String stream) {
        var answer = ask("/api/streams/" + stream, "viewers-token");
        return answer.statusCode() == 200 && answer.body().contains("\"state\":\"live\"");
    }

    private static int get(String path, String token) {
        return ask(path, token).statusCode();
    }

    /// By a certificate that is verified.
    private static HttpResponse<String> ask(String path, String token) {
        try {
            var request = HttpRequest.newBuilder(URI.create(service.uri() + path));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(service.printed(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Optional<InetAddress> ofTheNetwork() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
