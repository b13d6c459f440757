package io.tallyman.e2e.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The routes of a service, read from the classes in its jar. */
final class ServiceRoutes {
  private static final String ANNOTATIONS = "Lio/micronaut/http/annotation/";
  private static final Set<String> METHODS =
      Set.of("Get", "Head", "Post", "Put", "Patch", "Delete");

  private ServiceRoutes() {}

  static List<Route> of(String service) throws IOException {
    Path jar =
        Path.of(System.getProperty("tallyman.home"), service, "target").resolve(service + ".jar");
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .filter(entry -> entry.getName().endsWith(".class"))
          .map(entry -> parse(file, entry))
          .flatMap(type -> routes(service, type))
          .toList();
    }
  }

  private static ClassModel parse(JarFile jar, JarEntry entry) {
    try {
      return ClassFile.of().parse(jar.getInputStream(entry).readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Stream<Route> routes(String service, ClassModel type) {
    return annotations(type)
        .filter(annotation -> name(annotation).equals("Controller"))
        .flatMap(
            annotation ->
                type.methods().stream()
                    .flatMap(ServiceRoutes::annotations)
                    .filter(method -> METHODS.contains(name(method)))
                    .map(
                        method ->
                            new Route(
                                service,
                                name(method).toUpperCase(Locale.ROOT),
                                path(annotation) + path(method))));
  }

  private static Stream<Annotation> annotations(AttributedElement element) {
    return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
        .flatMap(attribute -> attribute.annotations().stream());
  }

  private static String name(Annotation annotation) {
    String type = annotation.className().stringValue();
    return type.startsWith(ANNOTATIONS)
        ? type.substring(ANNOTATIONS.length(), type.length() - 1)
        : "";
  }

  private static String path(Annotation annotation) {
    return annotation.elements().stream()
        .filter(element -> Set.of("value", "uri").contains(element.name().stringValue()))
        .map(AnnotationElement::value)
        .map(value -> ((AnnotationValue.OfString) value).stringValue())
        .findFirst()
        .orElse("");
  }
}
