#include "emu/linux/file_system.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "asm/text/printable.h"
#include "emu/linux/words.h"

namespace gogoscope::os {
namespace {

struct KnownFile {
  std::string_view path;
  std::string_view content;
};

constexpr std::array kKnown = {
    // The runtime sizes its huge pages by it (getHugePageSize in os_linux.go).
    KnownFile{"/sys/kernel/mm/transparent_hugepage/hpage_pmd_size", "2097152\n"},
    KnownFile{"/proc/sys/kernel/hostname", "gogoscope\n"},
    KnownFile{"/proc/sys/net/core/somaxconn", "4096\n"},
    KnownFile{"/dev/null", ""},
};

/// What the kernel has there itself.
bool is_kernels(std::string_view path) {
  return std::ranges::any_of(std::array{"/proc", "/sys", "/dev"}, [&](std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
  });
}

}  // namespace

std::string absolute_path(std::string_view path) {
  return (std::filesystem::path("/") / path).lexically_normal().string();
}

std::optional<std::uint64_t> find_file(const ProcessOptions& process, std::string_view path) {
  for (std::size_t i = 0; i < kKnown.size(); ++i) {
    if (kKnown[i].path == path) return i;
  }
  const auto given = std::ranges::find(process.files, path, &ProcessFile::path);
  if (given == process.files.end()) return std::nullopt;
  return kKnown.size() + static_cast<std::size_t>(given - process.files.begin());
}

bool is_folder(const ProcessOptions& process, std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  return path.empty() || std::ranges::any_of(process.files, [&](const ProcessFile& file) {
           return file.path.starts_with(path) && file.path.size() > path.size() &&
                  file.path[path.size()] == '/';
         });
}

FileContent file_content(const ProcessOptions& process, std::uint64_t number) {
  if (number < kKnown.size()) return {kKnown[number].content, {}, kKnown[number].content.size()};
  const std::uint64_t given = number - kKnown.size();
  if (given >= process.files.size()) return {};
  std::uint64_t offset = process.input.size();
  for (std::uint64_t i = 0; i < given; ++i) offset += process.files[i].content.size();
  return {{}, Words::kFileBytes + static_cast<std::int64_t>(offset), process.files[given].content.size()};
}

FileContent standard_input(const ProcessOptions& process) {
  return {{}, Words::kFileBytes, process.input.size()};
}

Message wrong_files(const ProcessOptions& process) {
  if (process.files.size() > kMostProcessFiles) {
    return {
        {"a program is given at most {most} files, not {n}", "最多可以给程序 {most} 个文件，而这里有 {n} 个"},
        {{"most", kMostProcessFiles}, {"n", process.files.size()}}};
  }
  std::size_t bytes = process.input.size();
  std::set<std::string_view> paths;
  for (const ProcessFile& file : process.files) {
    bytes += file.content.size();
    const bool plain = file.path.size() > 1 && absolute_path(file.path) == file.path &&
                       !file.path.ends_with('/') && file.path.find('\0') == std::string::npos;
    if (!plain) {
      return {{"a file cannot be at {path} in the program: name it from the root, such as /data.txt",
               "程序里的文件不能放在 {path}：请从根写起，例如 /data.txt"},
              {{"path", in_quotes(file.path)}}};
    }
    if (is_kernels(file.path)) {
      return {{"a file cannot be at {path} in the program: /dev, /proc and /sys are the kernel's",
               "程序里的文件不能放在 {path}：/dev、/proc 和 /sys 属于内核"},
              {{"path", in_quotes(file.path)}}};
    }
    if (is_folder(process, file.path)) {
      return {{"{path} cannot be a file and a folder in the program", "程序里的 {path} 不能既是文件又是目录"},
              {{"path", in_quotes(file.path)}}};
    }
    if (!paths.insert(file.path).second) {
      return {{"two files are to be at {path} in the program", "有两个文件要放在程序的 {path}"},
              {{"path", in_quotes(file.path)}}};
    }
  }
  if (bytes <= kMostFileBytes) return {};
  return {{"the files of a program, with its standard input, have at most {most} bytes together, not {n}",
           "程序的文件连同标准输入一共最多 {most} 字节，而这里有 {n}"},
          {{"most", kMostFileBytes}, {"n", bytes}}};
}

std::string all_file_bytes(const ProcessOptions& process) {
  std::string out = process.input;
  for (const ProcessFile& file : process.files) out += file.content;
  return out;
}

}  // namespace gogoscope::os
