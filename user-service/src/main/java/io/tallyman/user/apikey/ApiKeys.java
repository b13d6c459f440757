package io.tallyman.user.apikey;

import io.tallyman.kit.audit.AuditLog;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.UnknownUser;
import io.tallyman.user.account.User;
import io.tallyman.user.account.Users;
import io.tallyman.user.token.AccessTokens;
import io.tallyman.user.token.ExchangedToken;
import io.tallyman.user.token.RandomSecret;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes API keys and exchanges them for access tokens. Only the hash of a key is stored. */
@Singleton
public class ApiKeys {
  static final int MOST = 100;

  /** Every key begins with this, so programs that look for leaked secrets can find keys. */
  private static final String BEGINNING = "tally_";

  /** The kind of keys in the audit log. */
  private static final String KIND = "api-key";

  private static final int PREFIX_LENGTH = BEGINNING.length() + 6;

  private final ApiKeyRows rows;
  private final Users users;
  private final AccessTokens accessTokens;
  private final RequestTransactions transactions;
  private final AuditLog audit;

  ApiKeys(
      ApiKeyRows rows,
      Users users,
      AccessTokens accessTokens,
      RequestTransactions transactions,
      AuditLog audit) {
    this.rows = rows;
    this.users = users;
    this.accessTokens = accessTokens;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * @throws UnknownUser if no user has the id
   * @throws TooManyApiKeys if the user has the largest number of keys
   */
  MadeApiKey make(long accountId, NewApiKey wanted) {
    return transactions.write(() -> makeNow(accountId, wanted));
  }

  /**
   * @throws UnknownApiKey if the user has no key with the id
   */
  void delete(long accountId, long id) {
    transactions.write(
        () -> {
          @Nullable ApiKey deleted = rows.delete(id, accountId);
          if (deleted == null) {
            throw new UnknownApiKey(id);
          }
          audit.write("api-key.deleted", KIND, id, details(accountId, deleted));
          return deleted;
        });
  }

  private MadeApiKey makeNow(long accountId, NewApiKey wanted) {
    if (!users.existsById(accountId)) {
      throw new UnknownUser(accountId);
    }
    if (rows.count(accountId) >= MOST) {
      throw new TooManyApiKeys();
    }
    String key = BEGINNING + RandomSecret.make();
    ApiKey made =
        rows.add(
            accountId,
            wanted.name(),
            key.substring(0, PREFIX_LENGTH),
            RandomSecret.hash(key),
            wanted.scopes().stream().distinct().toList(),
            wanted.expiresAt());
    audit.write("api-key.created", KIND, made.id(), details(accountId, made));
    return MadeApiKey.of(made, key);
  }

  /**
   * A token for the owner of the key, with those scopes of the key that the owner's roles include.
   *
   * @throws InvalidToken if the key is unknown, has expired or was deleted
   */
  ExchangedToken exchange(String key) {
    return transactions.write(
        () -> {
          ApiKey found = rows.find(RandomSecret.hash(key)).orElseThrow(ApiKeys::unknown);
          User owner =
              rows.owner(found.id()).flatMap(users::findById).orElseThrow(ApiKeys::unknown);
          rows.use(found.id());
          List<Role> roles =
              found.scopes().stream().filter(scope -> scope.isIncludedIn(owner.roles())).toList();
          return accessTokens.exchange(owner, roles);
        });
  }

  /**
   * The id of a key.
   *
   * @throws InvalidToken if the key is unknown, has expired or was deleted
   */
  public long id(String key) {
    return rows.find(RandomSecret.hash(key)).orElseThrow(ApiKeys::unknown).id();
  }

  private static Map<String, ?> details(long accountId, ApiKey key) {
    return Map.of("user", accountId, "prefix", key.prefix(), "scopes", Role.names(key.scopes()));
  }

  private static InvalidToken unknown() {
    return new InvalidToken("The API key is unknown, has expired or was deleted. Make a new one.");
  }
}
