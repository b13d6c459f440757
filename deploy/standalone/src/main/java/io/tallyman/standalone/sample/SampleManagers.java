package io.tallyman.standalone.sample;

import io.tallyman.standalone.client.GatewayClient;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Adds some users, and makes them the managers of the sample vendors that bill most. So the sheets
 * of {@code billing.assignments} name people. The import adds all other vendors, without managers.
 */
record SampleManagers(GatewayClient client) {
  static final int MANAGED_VENDORS = 60;

  private static final List<String> NAMES =
      List.of("Amara Okafor", "Jonas Weber", "Li Wei", "Priya Nair", "Sofia Rossi");

  /** A repetition adds nothing: usernames and account numbers are unique. */
  void add() {
    List<Long> managers = users();
    List<SampleVendor> vendors =
        SampleBillings.vendors().stream()
            .filter(vendor -> !vendor.number().isEmpty())
            .limit(MANAGED_VENDORS)
            .toList();
    for (int index = 0; index < vendors.size(); index++) {
      SampleVendor vendor = vendors.get(index);
      client.addVendor(vendor.name(), vendor.number(), managers.get(index % managers.size()));
    }
  }

  private List<Long> users() {
    Map<String, Long> known = new HashMap<>(client.users());
    return NAMES.stream()
        .map(name -> known.computeIfAbsent(username(name), username -> add(name, username)))
        .toList();
  }

  /** Nobody knows the password: these users are not for logging in. */
  private long add(String name, String username) {
    return client.addUser(
        Map.of(
            "name",
            name,
            "email",
            username + "@example.com",
            "username",
            username,
            "password",
            UUID.randomUUID().toString(),
            "roles",
            List.of("clerk")));
  }

  private static String username(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '.');
  }
}
