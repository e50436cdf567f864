#include "ui/picture/png.h"

#include <png.h>

#include <filesystem>

#include "asm/text/output_file.h"

namespace gogoscope {

std::variant<std::vector<std::uint8_t>, Message> encode_png(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGBA;
  // libpng's size is a bound; the last call says what it took.
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::uint8_t> bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.rgba.data(), 0, nullptr) == 0) {
    return Message({"the picture cannot be written as PNG: {why}", "无法把图片写成 PNG：{why}"},
                   {{"why", image.message}});
  }
  bytes.resize(size);
  return bytes;
}

namespace {

Message cannot_be_written(const std::string& path, const Message& why) {
  return {{"{path}: cannot be written: {why}", "{path}：无法写入：{why}"}, {{"path", path}, {"why", why}}};
}

Message cannot_be_read(const std::string& path, const png_image& image) {
  return {{"{path}: {why}", "{path}：{why}"}, {{"path", path}, {"why", image.message}}};
}

}  // namespace

Message write_png(const std::string& path, const Picture& picture) {
  const auto encoded = encode_png(picture);
  if (encoded.index() == 1) return std::get<1>(encoded);
  const std::vector<std::uint8_t>& bytes = std::get<0>(encoded);
  OutputFile file;
  if (const Message why = file.open(path); !why.empty()) return cannot_be_written(path, why);
  const Message why = file.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (why.empty()) return {};
  // Only what can hold half a picture: never a device.
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
  return cannot_be_written(path, why);
}

std::variant<Picture, Message> read_png(const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return cannot_be_read(path, image);
  image.format = PNG_FORMAT_RGBA;
  Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.rgba.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) == 0) {
    return cannot_be_read(path, image);
  }
  return picture;
}

}  // namespace gogoscope
