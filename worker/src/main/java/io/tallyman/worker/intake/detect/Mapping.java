package io.tallyman.worker.intake.detect;

import io.tallyman.worker.intake.csv.Spaces;
import io.tallyman.worker.intake.row.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which column of a file holds which field, by its name and by its cells. */
final class Mapping {
  private static final double CLEAR_MARGIN = 0.12;
  private static final double HIGH = 0.75;
  private static final double STATED = 0.7;
  private static final double MOSTLY = 0.8;
  private static final double LEAST_OF_NAMED = 0.3;
  private static final int MOST_CHOICES = 8;

  private final List<String> header;
  private final List<ColumnShape> shapes;
  private final HeaderWords words;
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Map<String, String> certainty = new HashMap<>();
  private final List<Question> questions = new ArrayList<>();

  private record Candidate(int place, double name, double score) {}

  private Mapping(List<String> header, List<ColumnShape> shapes, HeaderWords words) {
    this.header = header;
    this.shapes = shapes;
    this.words = words;
  }

  /**
   * @param given our names to the file's names that the user gave
   * @param isDated whether the user gave the date of all rows
   */
  static Mapping of(
      List<String> header,
      List<ColumnShape> shapes,
      HeaderWords words,
      Map<String, String> given,
      boolean isDated) {
    Mapping mapping = new Mapping(header, shapes, words);
    given.forEach(mapping::take);
    mapping.ours();
    mapping.amounts();
    if (!isDated && !mapping.places.containsKey("date_billed")) {
      mapping.date();
    }
    if (!mapping.has("account_name") && !mapping.has("account_number")) {
      mapping.choose("account_name", "Which column has the name of the vendor?");
    } else if (!mapping.has("account_name")) {
      mapping.chooseStated("account_name");
    }
    mapping.chooseStated("account_number");
    mapping.chooseStated("reference");
    mapping.chooseStated("currency");
    return mapping;
  }

  Map<String, Integer> places() {
    return places;
  }

  @Nullable String certainty(String field) {
    return certainty.get(field);
  }

  List<Question> questions() {
    return questions;
  }

  boolean has(String field) {
    return places.containsKey(field);
  }

  /** The name by which an import finds a column. */
  String name(int place) {
    String name = header.get(place);
    String folded = Spaces.fold(name);
    boolean isUnique =
        header.stream().filter(other -> Spaces.fold(other).equals(folded)).count() == 1;
    boolean isPlain = name.equals(Spaces.strip(name)) && !name.startsWith("#");
    return isUnique && !folded.isEmpty() ? isPlain ? name : Spaces.strip(name) : "#" + (place + 1);
  }

  private void take(String field, String name) {
    int place = header.indexOf(name);
    for (int index = 0; index < header.size() && place < 0; index++) {
      place = Spaces.fold(header.get(index)).equals(Spaces.fold(name)) ? index : -1;
    }
    if (place < 0 && name.matches("#[1-9][0-9]{0,3}")) {
      place = Integer.parseInt(name.substring(1)) - 1;
    }
    if (place >= 0 && place < header.size()) {
      put(field, place, "high");
    }
  }

  /** The names of our own files. */
  private void ours() {
    for (String field :
        List.of(
            "date_billed",
            "account_name",
            "account_number",
            "reference",
            "payable",
            "currency",
            "total_issues")) {
      for (int place = 0; place < header.size(); place++) {
        if (!has(field) && isFree(place) && Spaces.fold(header.get(place)).equals(field)) {
          put(field, place, "high");
        }
      }
    }
  }

  private void put(String field, int place, String how) {
    places.put(field, place);
    certainty.put(field, how);
  }

  private boolean isFree(int place) {
    return !places.containsValue(place);
  }

  private void amounts() {
    if (has("payable") || has("debit") || has("credit")) {
      direction();
      return;
    }
    List<Candidate> debits = candidates("debit");
    List<Candidate> credits = candidates("credit");
    boolean isSplit =
        !debits.isEmpty()
            && !credits.isEmpty()
            && debits.getFirst().name >= HIGH
            && credits.getFirst().name >= HIGH
            && debits.getFirst().place != credits.getFirst().place;
    List<Candidate> one = candidates("payable");
    boolean isOneStated = !one.isEmpty() && one.getFirst().name >= HIGH;
    if (isSplit && !isOneStated) {
      put("debit", debits.getFirst().place, "high");
      put("credit", credits.getFirst().place, "high");
      return;
    }
    choose("payable", "Which column has the amount?");
    direction();
  }

  private void direction() {
    if (has("payable") && !has("direction")) {
      List<Candidate> found = candidates("direction");
      if (!found.isEmpty()) {
        put("direction", found.getFirst().place, "high");
      }
    }
  }

  private void date() {
    if (candidates("date_billed").isEmpty()) {
      questions.add(
          new Question(
              "date", null, "No column has dates. Which date have all rows?", List.of(), true));
    } else {
      choose("date_billed", "Which column has the date?");
    }
  }

  /** Takes the best column for a field that is needed, or asks if it is not clearly the best. */
  private void choose(String field, String question) {
    if (has(field)) {
      return;
    }
    List<Candidate> candidates = candidates(field);
    if (candidates.isEmpty()) {
      questions.add(new Question("columns", field, question, List.of(), true));
      return;
    }
    Candidate best = candidates.getFirst();
    double margin = candidates.size() == 1 ? 1 : best.score - candidates.get(1).score;
    boolean isClear =
        candidates.size() == 1
            ? best.name > 0 || !field.equals("account_name")
            : margin >= CLEAR_MARGIN && best.name >= 0.4;
    if (isClear) {
      put(field, best.place, best.name >= HIGH ? "high" : "medium");
      return;
    }
    put(field, best.place, "low");
    questions.add(
        new Question(
            "columns",
            field,
            question,
            candidates.stream().limit(MOST_CHOICES).map(one -> choice(field, one.place)).toList(),
            true));
  }

  private Question.Choice choice(String field, int place) {
    return new Question.Choice(
        field + ":" + Queries.escape(name(place)),
        shapes.get(place).samples().stream()
            .map(cell -> new Sample(field, cell, Spaces.strip(cell)))
            .toList());
  }

  /** Takes the column for a field that is not needed only if its name says so. */
  private void chooseStated(String field) {
    if (has(field)) {
      return;
    }
    List<Candidate> candidates = candidates(field);
    if (!candidates.isEmpty() && candidates.getFirst().name >= STATED) {
      put(field, candidates.getFirst().place, "high");
    }
  }

  private List<Candidate> candidates(String field) {
    return IntStream.range(0, header.size())
        .filter(this::isFree)
        .mapToObj(
            place -> {
              double name = words.score(field, header.get(place));
              double cells = fit(field, shapes.get(place), name);
              return new Candidate(place, name, cells == 0 ? 0 : 0.75 * name + 0.25 * cells);
            })
        .filter(candidate -> candidate.score > 0)
        .sorted(
            Comparator.comparingDouble((Candidate one) -> -one.score)
                .thenComparingInt(Candidate::place))
        .toList();
  }

  /** The share of cells that must be of the kind of a field: less if the name says so. */
  private static double least(double name) {
    return name >= HIGH ? LEAST_OF_NAMED : MOSTLY;
  }

  /** How well the cells of a column can be those of a field; 0 if they cannot. */
  private static double fit(String field, ColumnShape shape, double name) {
    if (shape.count() == 0) {
      return name >= HIGH && !field.equals("date_billed") ? 0.2 : 0;
    }
    return switch (field) {
      case "date_billed" ->
          shape.dateShare() >= least(name)
              ? shape.dateShare()
              : shape.serialShare() >= least(name) && name >= 0.5 ? 0.5 : 0;
      case "payable" ->
          shape.amountShare() >= least(name)
              ? shape.amounts().areAllIntegers() && name < 0.5 ? 0.1 : shape.amountShare()
              : 0;
      case "debit", "credit" -> name >= HIGH && shape.amountShare() >= MOSTLY ? 1 : 0;
      case "account_name" ->
          shape.letterShare() >= 0.5 && shape.dateShare() < 0.5 && shape.amountShare() < 0.5
              ? shape.distinct() > 1 || shape.count() == 1 ? 1 : 0.3
              : 0;
      case "account_number", "reference" -> name > 0 && shape.dateShare() < 0.5 ? 1 : 0;
      case "currency" -> name >= HIGH && shape.currencyShare() > 0 ? 1 : 0;
      case "direction" ->
          shape.directionShare() >= MOSTLY && (name > 0.3 || shape.hasBothDirections()) ? 1 : 0;
      default -> throw new IllegalArgumentException(field + Words.of(field));
    };
  }
}
