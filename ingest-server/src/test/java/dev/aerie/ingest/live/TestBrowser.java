package dev.aerie.ingest.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Chromium of this machine, without a window; where there is none the test is skipped.
public final class TestBrowser implements AutoCloseable {

    private static final List<Path> CHROMIUMS =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));

    private final Playwright playwright;
    private final Browser browser;

    /// - `more`: of Chromium's options, without their dashes
    public TestBrowser(String... more) {
        var chromium = CHROMIUMS.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(chromium.isPresent(), "skipped: no Chromium on this machine");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(Stream.concat(
                                        Stream.of(
                                                "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
                                                        .concat(" disable-component-update disable-sync")
                                                        .split(" ")),
                                        Stream.of(more))
                                .map("--"::concat)
                                .toList()));
    }

    /// A page with a profile of its own; whoever asks closes it.
    public Page newPage() {
        return browser.newPage();
    }

    public Page newPage(Browser.NewPageOptions options) {
        return browser.newPage(options);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
