package io.tallyman.standalone.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An invented vendor, like those of a council and of a newspaper.
 *
 * @param number the account number; empty for a vendor without one
 * @param usualAmount the natural logarithm of its typical amount
 * @param manyIssues whether its billings cover many issues
 */
record SampleVendor(
    String name,
    String number,
    String currency,
    boolean givesReferences,
    double usualAmount,
    boolean manyIssues) {

  private static final List<String> PLACES =
      List.of(
          "Ardwick",
          "Belle Vue",
          "Brontë",
          "Castlefield",
          "Chorlton",
          "Didsbury",
          "Fallowfield",
          "Gorton",
          "Harpurhey",
          "Irwell",
          "Ladybarn",
          "Levenshulme",
          "Medlock",
          "Moss Side",
          "New Islington",
          "Openshaw",
          "Pomona",
          "Rusholme",
          "St. Peter's",
          "Withington");
  private static final List<String> TRADES =
      List.of(
          "Asphalt & Paving Ltd",
          "Bakery, Wholesale",
          "Books and News",
          "Catering Services",
          "Cleaning Co.",
          "Day Nursery",
          "Drainage (North) Ltd",
          "Electrical",
          "Fostering CIC",
          "Home Care Limited",
          "Joinery",
          "\"Kwik\" Lettings",
          "Libraries Trust",
          "Minibus Hire",
          "Newsagents",
          "Paper & Print",
          "Roofing Partners LLP",
          "School Supplies",
          "Translation Bureau",
          "Tree Surgeons");
  private static final List<String> ABROAD =
      List.of(
          "Société Générale d'Édition",
          "Müller & Söhne GmbH",
          "Café Zürich Betriebe AG",
          "Ørsted Papir A/S",
          "Łódzka Drukarnia Sp. z o.o.",
          "Presse Diffusion S.A.",
          "Hudson Data Services, Inc.",
          "Lakeside Software LLC",
          "東京印刷株式会社",
          "大阪新聞販売");

  /** All vendors, each name once, in random order. */
  static List<SampleVendor> all(Random random) {
    List<SampleVendor> vendors = new ArrayList<>();
    for (String place : PLACES) {
      for (String trade : TRADES) {
        vendors.add(of(place + " " + trade, "GBP", vendors.size(), random));
      }
    }
    for (int index = 0; index < ABROAD.size(); index++) {
      String currency = index < 6 ? "EUR" : index < 8 ? "USD" : "JPY";
      vendors.add(of(ABROAD.get(index), currency, vendors.size(), random));
    }
    Collections.shuffle(vendors, random);
    return List.copyOf(vendors);
  }

  private static SampleVendor of(String name, String currency, int index, Random random) {
    return new SampleVendor(
        name,
        random.nextInt(10) < 6 ? "A%05d".formatted(10_000 + 7 * index) : "",
        currency,
        random.nextInt(10) < 4,
        4.2 + 2.6 * random.nextDouble(),
        name.contains("News") || name.contains("Press") || name.contains("新聞"));
  }
}
