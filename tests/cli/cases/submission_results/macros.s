#define TEN $10
