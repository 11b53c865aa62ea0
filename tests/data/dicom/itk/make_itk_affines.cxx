// Prints, for every argument (a folder with one series, or one file), the affine that ITK gives it: voxel to LPS.
#include <cstdio>
#include <itkGDCMImageIO.h>
#include <itkGDCMSeriesFileNames.h>
#include <itkImage.h>
#include <itkImageFileReader.h>
#include <itkImageSeriesReader.h>
#include <filesystem>

using Image = itk::Image<float, 3>;

static void print(const char* name, const Image& image) {
  const auto size = image.GetLargestPossibleRegion().GetSize();
  std::printf(" \"%s\": {\"size\": [%lu, %lu, %lu], \"affine_lps\": [", name, size[0], size[1], size[2]);
  for (unsigned r = 0; r < 3; ++r) {
    std::printf("%s[", r == 0 ? "" : ", ");
    for (unsigned c = 0; c < 3; ++c) std::printf("%.12g, ", image.GetDirection()[r][c] * image.GetSpacing()[c]);
    std::printf("%.12g]", image.GetOrigin()[r]);
  }
  std::printf("]}");
}

int main(int count, char** arguments) {
  std::printf("{\n");
  for (int n = 2; n < count; ++n) {
    const std::string path = std::string(arguments[1]) + "/" + arguments[n];
    auto io = itk::GDCMImageIO::New();
    if (n > 2) std::printf(",\n");
    if (std::filesystem::is_directory(path)) {
      auto names = itk::GDCMSeriesFileNames::New();
      names->SetDirectory(path);
      auto reader = itk::ImageSeriesReader<Image>::New();
      reader->SetImageIO(io);
      reader->SetFileNames(names->GetFileNames(names->GetSeriesUIDs().front()));
      reader->Update();
      print(arguments[n], *reader->GetOutput());
    } else {
      auto reader = itk::ImageFileReader<Image>::New();
      reader->SetImageIO(io);
      reader->SetFileName(path);
      reader->Update();
      print(arguments[n], *reader->GetOutput());
    }
  }
  std::printf("\n}\n");
}
