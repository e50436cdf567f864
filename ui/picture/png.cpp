#include "ui/picture/png.h"

#include <png.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace gogoscope {

std::variant<std::vector<std::uint8_t>, std::string> encode_png(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGBA;
  // libpng's size is a bound; the last call says what it took.
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::uint8_t> bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.rgba.data(), 0, nullptr) == 0) {
    return std::string("the picture cannot be written as PNG: ") + image.message;
  }
  bytes.resize(size);
  return bytes;
}

std::string write_png(const std::string& path, const Picture& picture) {
  const auto encoded = encode_png(picture);
  if (encoded.index() == 1) return std::get<1>(encoded);
  const std::vector<std::uint8_t>& bytes = std::get<0>(encoded);
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return path + ": cannot be written: " + std::strerror(errno);
  errno = 0;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int write_error = errno;
  const bool closed = std::fclose(file) == 0;
  if (written && closed) return {};
  const int error = written ? errno : write_error;
  // Only what can hold half a picture: never a device.
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
  return path + ": cannot be written: " + std::strerror(error);
}

std::variant<Picture, std::string> read_png(const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return path + ": " + image.message;
  image.format = PNG_FORMAT_RGBA;
  Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.rgba.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) == 0) {
    return path + ": " + image.message;
  }
  return picture;
}

}  // namespace gogoscope
