package dev.aerie.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All the environment variables of one service: the check before it starts, and the table of its documentation.
public record Settings(List<Setting> all) {

    private static final int EXIT_WRONG_SETTING = 2;
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|TOKEN|KEY|URL|SOURCE)S?");
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|::1|\\[::1]|localhost");

    public Settings {
        all = List.copyOf(all);
    }

    /// These settings, of which the one called `name` refuses values, each with a sentence of its own.
    public Settings refusing(String name, Map<String, String> refusals) {
        return new Settings(all.stream()
                .map(setting -> setting.name().equals(name) ? refusing(setting, refusals) : setting)
                .toList());
    }

    /// These settings, of which the one called `name` takes what `accepts` takes; throws [IllegalArgumentException]
    /// where there is none of that name.
    public Settings accepting(String name, Predicate<String> accepts) {
        if (all.stream().noneMatch(setting -> setting.name().equals(name))) {
            throw new IllegalArgumentException("no setting is called " + name);
        }
        return new Settings(all.stream()
                .map(setting -> setting.name().equals(name) ? setting.accepting(accepts) : setting)
                .toList());
    }

    private static Setting refusing(Setting setting, Map<String, String> refusals) {
        var refusing = setting;
        for (var refused : refusals.entrySet()) {
            refusing = refusing.refusing(refused.getKey(), refused.getValue());
        }
        return refusing;
    }

    /// Checks every variable that is set, by its name or another one; an empty one counts as not set.
    ///
    /// Throws [InvalidSettingException] for the first wrong one. Its message names the value unless the variable
    /// is a secret (its name ends in `PASSWORD`, `TOKEN`, `KEY` or `URL`: URLs carry passwords).
    public void check(Map<String, String> environment) {
        for (Setting setting : all) {
            var named = new Given(setting.name(), environment.getOrDefault(setting.name(), ""));
            if (named.isSet() && !named.isFor(setting)) {
                throw named.refusedBy(List.of(setting));
            }
            for (String other : setting.settingAliases().names()) {
                requireTaken(new Given(other, environment.getOrDefault(other, "")));
            }
        }
    }

    /// A variable of another name is wrong where none of the settings that it may mean takes its value.
    private void requireTaken(Given given) {
        var called = all.stream()
                .filter(setting -> setting.settingAliases().names().contains(given.name()))
                .toList();
        if (given.isSet() && called.stream().noneMatch(given::isFor)) {
            throw given.refusedBy(called);
        }
    }

    /// A sentence for each setting that is set under two names to two values.
    List<String> contradictions(Map<String, String> environment) {
        var lines = new ArrayList<String>();
        for (Setting setting : all) {
            var all = given(setting, environment);
            for (Given other : all.subList(Math.min(1, all.size()), all.size())) {
                if (!other.ours(setting).equals(all.getFirst().ours(setting))) {
                    lines.add(all.getFirst().shown() + ", " + other.shown() + ", another name of it: "
                            + all.getFirst().name() + " holds");
                }
            }
        }
        return lines;
    }

    /// Our names and values of what is set by other ones.
    Map<String, String> translated(Map<String, String> environment) {
        var ours = new LinkedHashMap<String, String>();
        for (Setting setting : all) {
            given(setting, environment).stream()
                    .findFirst()
                    .filter(first -> !first.equals(new Given(setting.name(), first.ours(setting))))
                    .ifPresent(first -> ours.put(setting.name(), first.ours(setting)));
        }
        return ours;
    }

    /// The variables that set a setting, its own name first.
    private static List<Given> given(Setting setting, Map<String, String> environment) {
        return Stream.concat(Stream.of(setting.name()), setting.settingAliases().names().stream())
                .map(name -> new Given(name, environment.getOrDefault(name, "")))
                .filter(given -> given.isSet() && given.isFor(setting))
                .toList();
    }

    /// A variable as it was found.
    private record Given(String name, String value) {

        boolean isSet() {
            return !value.isEmpty();
        }

        String ours(Setting setting) {
            return setting.settingAliases().ours(value);
        }

        boolean isFor(Setting setting) {
            return setting.accepts().test(ours(setting));
        }

        String shown() {
            return name + " is '" + (SECRET.matcher(name).matches() || value.contains("://") ? "…" : value) + "'";
        }

        InvalidSettingException refusedBy(List<Setting> settings) {
            var why = settings.stream()
                    .map(setting -> setting.settingAliases().refused().get(value))
                    .filter(Objects::nonNull)
                    .findFirst();
            String allowed = settings.stream()
                    .map(setting ->
                            settings.size() == 1 ? setting.allowed() : setting.allowed() + " for " + setting.name())
                    .collect(Collectors.joining("; "));
            return new InvalidSettingException(shown() + ", " + why.orElse("allowed: " + allowed));
        }
    }

    /// What a server beyond loopback needs besides credentials.
    public static final String ENCRYPTION = "TLS_CERTIFICATE with TLS_KEY, or TLS_TERMINATED=true,";

    /// Whether an address, as it is set, lets nobody in but this machine.
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /// Throws [InvalidSettingException] if `BIND_HOST` lets others than this machine in while one of `credentials`
    /// (names of variables) is not set, or nothing encrypts; tokens in `AERIE_TOKENS`, or the issuer of `OIDC_URL`,
    /// stand for user and password of HTTP.
    public static void requireBeyondLoopback(List<String> credentials, Map<String, String> environment) {
        String host = environment.getOrDefault("BIND_HOST", "");
        boolean tokens = isSet("AERIE_TOKENS", environment) || isSet("OIDC_URL", environment);
        var missing = credentials.stream()
                .filter(name -> !tokens || !name.startsWith("AERIE_"))
                .filter(name -> environment.getOrDefault(name, "").isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        if (!isSet("TLS_CERTIFICATE", environment) && !"true".equals(environment.get("TLS_TERMINATED"))) {
            missing.add(ENCRYPTION);
        }
        if (!host.isEmpty()) {
            requireBeyondLoopback("BIND_HOST", host, missing);
        }
    }

    /// Throws [InvalidSettingException] for a certificate without its key, or a key without its certificate.
    public static void requireKeyAndCertificate(Map<String, String> environment) {
        if (isSet("TLS_CERTIFICATE", environment) != isSet("TLS_KEY", environment)) {
            throw new InvalidSettingException("TLS_CERTIFICATE and TLS_KEY are allowed only together");
        }
    }

    /// Throws [InvalidSettingException] for an issuer without the key by which services believe each other who logged
    /// in.
    public static void requireLoginKey(Map<String, String> environment) {
        if (isSet("OIDC_URL", environment) && !isSet("LOGIN_KEY", environment)) {
            throw new InvalidSettingException("OIDC_URL is allowed only with LOGIN_KEY, the same for all services");
        }
    }

    private static boolean isSet(String name, Map<String, String> environment) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    /// Throws [InvalidSettingException] for a password without the user name that it belongs to: nobody would be asked
    /// for it.
    ///
    /// - `prefixes`: `AERIE` for `AERIE_USERNAME` and `AERIE_PASSWORD`
    public static void requireUserNames(List<String> prefixes, Map<String, String> environment) {
        for (String prefix : prefixes) {
            boolean password =
                    !environment.getOrDefault(prefix + "_PASSWORD", "").isEmpty();
            if (password && environment.getOrDefault(prefix + "_USERNAME", "").isEmpty()) {
                throw new InvalidSettingException(
                        prefix + "_PASSWORD is set without " + prefix + "_USERNAME: nobody would be asked for it");
            }
        }
    }

    /// Throws [InvalidSettingException] if `host`, which `setting` says, lets others than this machine in while
    /// credentials or encryption are `missing` (names of variables, or [#ENCRYPTION]).
    public static void requireBeyondLoopback(String setting, String host, List<String> missing) {
        if (!isLoopback(host) && !missing.isEmpty()) {
            throw new InvalidSettingException(setting + " is '" + host + "', beyond loopback, allowed only with "
                    + String.join(", ", missing) + " set too");
        }
    }

    /// The first thing a service does: where `check` throws an [InvalidSettingException], its message goes to standard
    /// error and the process ends with 2. Else variables that are empty count as not set from now on, for a
    /// configuration library would take the empty text for a value, and what is set in other words counts in ours.
    public void startWith(Consumer<Map<String, String>> check) {
        var environment = System.getenv();
        try {
            check.accept(environment);
        } catch (InvalidSettingException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(EXIT_WRONG_SETTING);
        }
        contradictions(environment).forEach(System.err::println);
        defaultsOfEmpty(environment).forEach(System::setProperty);
        translated(environment).forEach(System::setProperty);
    }

    /// Name and default of every variable that is set to nothing and has a default.
    Map<String, String> defaultsOfEmpty(Map<String, String> environment) {
        return all.stream()
                .filter(setting -> "".equals(environment.get(setting.name())))
                .filter(setting -> !setting.defaultValue().isEmpty())
                .collect(Collectors.toMap(Setting::name, Setting::defaultValue));
    }

    /// The table of the documentation: one Markdown row per variable.
    public String toMarkdown() {
        var table = new StringBuilder("| variable | meaning | default | unit | allowed |\n|---|---|---|---|---|\n");
        for (Setting setting : all) {
            table.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            setting.name(),
                            setting.meaning() + setting.settingAliases().toMarkdown(),
                            setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                            setting.unit(),
                            setting.allowed()));
        }
        return table.toString();
    }
}
