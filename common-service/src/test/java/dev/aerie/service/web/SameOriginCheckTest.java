package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

final class SameOriginCheckTest {

    @Test
    void perform_pageOfTheSameSite_isPermitted() {
        assertThat(resultFor("http://aerie.example").isUpgradePermitted()).isTrue();
    }

    @Test
    void perform_pageOfAnotherSite_isForbidden() {
        var result = resultFor("https://elsewhere.example");
        assertThat(result.isUpgradePermitted()).isFalse();
        assertThat(result.getHttpResponseCode()).isEqualTo(403);
    }

    private static HttpUpgradeCheck.CheckResult resultFor(String origin) {
        var headers =
                MultiMap.caseInsensitiveMultiMap().add("Host", "aerie.example").add("Origin", origin);
        var request = only(HttpServerRequest.class, "headers", headers);
        var context = only(HttpUpgradeCheck.HttpUpgradeContext.class, "httpRequest", request);
        return new SameOriginCheck().perform(context).await().indefinitely();
    }

    /// An instance that answers one question.
    private static <T> T only(Class<T> type, String question, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                SameOriginCheckTest.class.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
                    if (!method.getName().equals(question)) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answer;
                }));
    }
}
